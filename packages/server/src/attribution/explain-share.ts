import type { Credit } from '../vocabulary/credit.ts';
import { groupBy } from '../vocabulary/group-by.ts';
import { formatMoney, moneyText } from '../vocabulary/money.ts';
import { formatQuantity } from '../vocabulary/quantity.ts';
import { creditTouches, type TouchCredit } from './credit-touches.ts';
import { decideCredits, isCountable } from './decide-credits.ts';
import { nothingLeft, type ShareExplanation } from './explain-order.ts';
import { explainTouchCredit, type TouchShare } from './explain-touch-credit.ts';
import type { GatheredOrder } from './gather-evidence.ts';
import type { ModelVersion } from './model-versions.ts';
import { models } from './models/index.ts';

/** What explaining needs to know of campaigns: their names, and which of them who asks may see. */
export type CampaignNames = { nameOf: (id: string) => string; isSeen: (id: string) => boolean };

/** How a version divides the order: among campaigns, and where it credits touches, among these. */
export type DecidedShare = {
  version: ModelVersion;
  credits: Credit[];
  /** Whether it would credit somebody if there were something to be credited with. */
  someoneEarned: boolean;
  /** What each touch that brought credit did, in the order of the path; and what is shown of each that counts. */
  touches?: { crediting: Map<string, TouchCredited>; shown: Map<string, TouchShare> };
};

type TouchCredited = { campaign_id: string; revenue_minor: bigint };

/** Decides it, from the evidence that settlement looks at. */
export function decideShare(evidence: GatheredOrder, version: ModelVersion): DecidedShare {
  const credits = decideCredits(evidence, [version]);
  const weighed = models.get(version.model)!.weigh?.(evidence, version.parameters);
  if (weighed === undefined) {
    return { version, credits, someoneEarned: evidence.reported_campaign_id !== null };
  }
  const holders = new Set(credits.map(({ campaign_id }) => campaign_id));
  const brought = creditTouches(credits, weighed);
  const linesOf = groupBy(brought, ({ touch_id }) => touch_id);
  const crediting = new Map(
    weighed
      .filter(({ campaign_id, weight }) => weight > 0n && holders.has(campaign_id))
      .map(({ touch_id, campaign_id }) => [
        touch_id,
        { campaign_id, revenue_minor: revenueOf(linesOf.get(touch_id)!) },
      ]),
  );
  const shown = explainTouchCredit(brought, weighed, evidence.currency);
  const someoneEarned = weighed.some(({ weight }) => weight > 0n);
  return { version, credits, someoneEarned, touches: { crediting, shown } };
}

/** The credit of whoever may be seen, and the division as one would write it down: touch by touch where it has some. */
export function explainShare(
  evidence: GatheredOrder,
  share: DecidedShare,
  names: CampaignNames,
): ShareExplanation {
  const { currency } = evidence;
  const held = groupBy(share.credits, ({ campaign_id }) => campaign_id);
  const seen = [...held].filter(([id]) => names.isSeen(id));
  return {
    model: share.version.model,
    model_version: share.version.version,
    additive: models.get(share.version.model)!.conserving,
    arithmetic: arithmeticOf(evidence, share, held.size, names),
    credits: seen.map(([campaign_id, credits]) => ({
      campaign_id,
      quantity: formatQuantity(sum(credits, ({ quantity_e4 }) => quantity_e4)),
      revenue: formatMoney(revenueOf(credits), currency),
      profit: credits.some(({ profit_minor }) => profit_minor === null)
        ? null
        : formatMoney(
            sum(credits, ({ profit_minor }) => profit_minor!),
            currency,
          ),
    })),
  };
}

function arithmeticOf(
  evidence: GatheredOrder,
  { version, credits, someoneEarned, touches }: DecidedShare,
  holders: number,
  { nameOf, isSeen }: CampaignNames,
): string {
  const money = (minor: bigint) => moneyText(minor, evidence.currency);
  const total = sum([...evidence.lines, evidence.rest], ({ revenue_minor }) => revenue_minor);
  const whole = `${money(total)} ${evidence.currency}`;
  if (!isCountable(evidence, version)) {
    return `Nothing: an order that is ${evidence.status} carries no credit (countable: ${version.countable_statuses.join(', ')}).`;
  }
  if (holders === 0 && someoneEarned) return nothingLeft;
  if (holders === 0) return `${whole} unattributed: ${nobody(version)}.`;
  const seen = credits.filter(({ campaign_id }) => isSeen(campaign_id));
  const held = groupBy(seen, ({ campaign_id }) => campaign_id);
  const summands: [string, bigint][] =
    touches === undefined
      ? [...held].map(([campaign_id, parts]) => [campaign_id, revenueOf(parts)])
      : [...touches.crediting.values()]
          .filter(({ campaign_id }) => held.has(campaign_id))
          .map(({ campaign_id, revenue_minor }) => [campaign_id, revenue_minor]);
  const parts = summands.map(([id, minor]) => `${money(minor)} (${nameOf(id)})`).join(' + ');
  return held.size < holders
    ? `${whole} among ${holders}, of which ${parts || 'nothing'} to what you see`
    : `${whole} = ${parts}`;
}

function nobody({ model, parameters }: ModelVersion): string {
  if (parameters.visit_window_days === undefined) return 'its source claims no campaign that is known';
  return parameters.click_days === undefined
    ? `no touch that counts for ${model} was alive at the sale`
    : `no touch that counts for ${model} was clicked within ${parameters.click_days} days before the sale`;
}

function revenueOf(credits: (Credit | TouchCredit)[]): bigint {
  return sum(credits, ({ revenue_minor }) => revenue_minor);
}

function sum<Item>(items: Item[], value: (item: Item) => bigint): bigint {
  return items.reduce((total, item) => total + value(item), 0n);
}
