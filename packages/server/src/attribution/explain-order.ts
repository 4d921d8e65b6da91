import type { CampaignHistory } from '../campaigns/index.ts';
import type { Credit, Evidence } from '../vocabulary/credit.ts';
import { formatMoney, moneyText } from '../vocabulary/money.ts';
import type { Period } from '../vocabulary/period.ts';
import { formatQuantity } from '../vocabulary/quantity.ts';
import { decideCredits, isCountable } from './decide-credits.ts';
import type { ModelVersion } from './model-versions.ts';
import { models } from './models/index.ts';
import { type VerdictCode, whyNot } from './why-not.ts';

/** A campaign that somebody else's eyes are for has no id, platform, status or periods. */
export type CandidateExplanation = {
  campaign_id: string | null;
  name: string;
  platform: string | null;
  status: string | null;
  credited: boolean;
  code: VerdictCode;
  /** The plain reason, with its dates. */
  reason: string;
  running_periods: { from: string; to: string | null }[];
  target_periods: { from: string; to: string | null }[];
};

export type ShareExplanation = {
  model: string;
  model_version: number;
  additive: boolean;
  /** The division to the cent, as one would write it down. */
  arithmetic: string;
  credits: { campaign_id: string; quantity: number; revenue: number; profit: number | null }[];
};

export type LineExplanation = {
  line_no: number;
  product_id: string;
  quantity: number;
  revenue: number;
  profit: number | null;
  candidates: CandidateExplanation[];
  shares: ShareExplanation[];
};

/**
 * Explains the credit of an order's product lines: every campaign that ever targeted the product with the plain reason
 * why it is credited or not, and the arithmetic of each model. Pure: from the same evidence the decision is made of.
 *
 * @param statusOf the status a campaign shows today
 * @param isSeen whether who asks may see a campaign: of another it is told that it was credited, and nothing more
 */
export function explainLines(
  evidence: Evidence,
  histories: CampaignHistory[],
  versions: ModelVersion[],
  statusOf: (campaign: CampaignHistory) => string,
  isSeen: (campaignId: string) => boolean = () => true,
): LineExplanation[] {
  const decided = decideCredits(evidence, versions);
  return evidence.lines.map((line) => ({
    line_no: line.line_no,
    product_id: line.product_id,
    quantity: formatQuantity(line.quantity_e4),
    revenue: formatMoney(line.revenue_minor, evidence.currency),
    profit: moneyOrNull(line.profit_minor, evidence.currency),
    candidates: candidatesFor(line.product_id, evidence, histories, statusOf).flatMap((candidate) =>
      isSeen(candidate.campaign_id!) ? candidate : candidate.credited ? another : [],
    ),
    shares: versions.map((version) => {
      const credits = decided.filter(
        (credit) => credit.model_version_id === version.id && credit.line_no === line.line_no,
      );
      return {
        model: version.model,
        model_version: version.version,
        additive: models.get(version.model)!.conserving,
        arithmetic: arithmeticOf(evidence, line, version, credits, isSeen),
        credits: credits
          .filter(({ campaign_id }) => isSeen(campaign_id))
          .map((credit) => ({
            campaign_id: credit.campaign_id,
            quantity: formatQuantity(credit.quantity_e4),
            revenue: formatMoney(credit.revenue_minor, evidence.currency),
            profit: moneyOrNull(credit.profit_minor, evidence.currency),
          })),
      };
    }),
  }));
}

const another: CandidateExplanation = {
  campaign_id: null,
  name: 'another campaign',
  platform: null,
  status: null,
  credited: true,
  code: 'matched',
  reason: 'It ran for the product at the moment of the sale, too.',
  running_periods: [],
  target_periods: [],
};

function candidatesFor(
  productId: string,
  { sale_time }: Evidence,
  histories: CampaignHistory[],
  statusOf: (campaign: CampaignHistory) => string,
): CandidateExplanation[] {
  return histories
    .map((history) => ({
      ...history,
      targets: history.targets.filter((target) => target.product_id === productId),
    }))
    .filter((history) => history.targets.length > 0)
    .map((history) => {
      const status = statusOf(history);
      const verdicts = whyNot({ ...history, status }, sale_time);
      return {
        campaign_id: history.campaign_id,
        name: history.name,
        platform: history.platform,
        status,
        credited: verdicts[0]!.code === 'matched',
        code: verdicts[0]!.code,
        reason: verdicts.map(({ sentence }) => sentence).join(' '),
        running_periods: history.running_periods.map(periodText),
        target_periods: history.targets.map(({ period }) => periodText(period)),
      };
    })
    .sort((a, b) => Number(b.credited) - Number(a.credited));
}

function arithmeticOf(
  evidence: Evidence,
  { revenue_minor, matches }: Evidence['lines'][number],
  version: ModelVersion,
  credits: Credit[],
  isSeen: (campaignId: string) => boolean,
): string {
  const money = (minor: bigint) => moneyText(minor, evidence.currency);
  const whole = `${money(revenue_minor)} ${evidence.currency}`;
  if (!isCountable(evidence, version)) {
    return `Nothing: an order that is ${evidence.status} carries no credit (countable: ${version.countable_statuses.join(', ')}).`;
  }
  if (credits.length === 0 && matches.length > 0) return nothingLeft;
  if (credits.length === 0) return `${whole} unattributed: no campaign matched.`;
  if (!models.get(version.model)!.conserving) {
    return `${whole} to each of ${credits.length} (reach: does not add up)`;
  }
  const seen = credits.filter(({ campaign_id }) => isSeen(campaign_id));
  const parts = seen.map((credit) => money(credit.revenue_minor));
  if (seen.length < credits.length) {
    return `${whole} ÷ ${credits.length}, of which ${parts.join(' + ') || 'nothing'} to what you see`;
  }
  return credits.length === 1
    ? `${whole} to the one that matched`
    : `${whole} ÷ ${credits.length} = ${parts.join(' + ')}`;
}

/** Of what was given back whole: somebody would be credited, and there is nothing to be credited with. */
export const nothingLeft = 'Nothing: all of it was given back.';

function periodText({ from, to }: Period): { from: string; to: string | null } {
  return { from: from.toISOString(), to: to?.toISOString() ?? null };
}

function moneyOrNull(minor: bigint | null, currency: string): number | null {
  return minor === null ? null : formatMoney(minor, currency);
}
