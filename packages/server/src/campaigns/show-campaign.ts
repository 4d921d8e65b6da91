import { type ExpressionBuilder, sql } from 'kysely';
import type { Database, Tables } from '../database/index.ts';
import { dayOf } from '../vocabulary/day.ts';
import { notFound } from '../vocabulary/errors.ts';
import { groupBy } from '../vocabulary/group-by.ts';
import { formatMoney } from '../vocabulary/money.ts';
import { type Period, toRange } from '../vocabulary/period.ts';
import type { RouteContext } from '../vocabulary/route.ts';
import type { CampaignRow, History, Status, Target } from './campaign.ts';
import { effectiveStatus } from './effective-status.ts';
import { readRunningPeriods } from './read-periods.ts';
import { seenCampaigns } from './seen-campaigns.ts';
import { paceBudget } from './spend/pace-budget.ts';
import { trackingUrl } from './tracking-url.ts';

/** The fields of a campaign as the API shows and the audit keeps them; the budget is a decimal of its currency. */
export type CampaignFields = Omit<CampaignRow, 'budget_amount_minor' | 'status'> & {
  status: Status;
  budget_amount: number | null;
};

/** A campaign in a list. */
export type ListedCampaign = CampaignFields & {
  /** The landing page with its UTM parameters; null without one. */
  tracking_url: string | null;
  children_count: number;
  /** Spend in the campaign's currency up to today; what is dated later is planned. */
  spend_to_date: number;
  /** Spend to date against what the budget allows by now; null without a budget that can be paced. */
  pacing: { expected_to_date: number; percent: number | null } | null;
  /** Likewise in others, which are never added up. */
  spend_in_other_currencies: { currency: string; amount: number }[];
};

export type PeriodJson = { from: string; to: string | null };

/**
 * A campaign in full, with its running periods.
 * @throws not_found, also where it is not in the scope of who asks
 */
export async function showCampaign(
  { db, actor, clock, settings }: Pick<RouteContext, 'db' | 'actor' | 'clock' | 'settings'>,
  id: string,
): Promise<ListedCampaign & { running_periods: PeriodJson[] }> {
  const campaign = await seenCampaigns(db, actor.scope)
    .selectFrom('campaigns')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  if (campaign === undefined) throw notFound('campaign', id);
  const [listed] = await showCampaigns(db, [campaign], clock.now(), settings);
  const running_periods = await readRunningPeriods(db, [id]);
  return { ...listed!, running_periods: running_periods.map(({ period }) => periodJson(period)) };
}

/** Campaigns as lists show them, in their order. Children and spend are each summed on their own. */
export async function showCampaigns(
  db: Database,
  campaigns: CampaignRow[],
  now: Date,
  { timeZone }: Pick<RouteContext['settings'], 'timeZone'>,
): Promise<ListedCampaign[]> {
  const ids = campaigns.map(({ id }) => id);
  const among = <Table extends keyof Tables>(eb: ExpressionBuilder<Tables, Table>, column: string) =>
    eb(sql.ref(column), '=', sql<string>`any(${ids}::uuid[])`);
  const children = await db
    .selectFrom('campaigns')
    .select(['parent_campaign_id', sql<number>`count(*)::int`.as('count')])
    .where((eb) => among(eb, 'parent_campaign_id'))
    .groupBy('parent_campaign_id')
    .execute();
  const spend = await db
    .selectFrom('campaign_spend')
    .select(['campaign_id', 'currency', sql<bigint>`sum(amount_minor)::bigint`.as('minor')])
    .where((eb) => among(eb, 'campaign_id'))
    .where('day', '<=', dayOf(now, timeZone))
    .groupBy(['campaign_id', 'currency'])
    .orderBy('currency')
    .execute();
  const childrenOf = new Map(children.map(({ parent_campaign_id, count }) => [parent_campaign_id, count]));
  const spendOf = groupBy(spend, ({ campaign_id }) => campaign_id);
  return campaigns.map((campaign) => {
    const sums = spendOf.get(campaign.id) ?? [];
    const own = sums.find(({ currency }) => currency === campaign.currency);
    return {
      ...campaignFields(campaign, now),
      tracking_url: trackingUrl(campaign),
      children_count: childrenOf.get(campaign.id) ?? 0,
      spend_to_date: formatMoney(own?.minor ?? 0n, campaign.currency),
      pacing: pacingJson(campaign, own?.minor ?? 0n, now),
      spend_in_other_currencies: sums
        .filter((sum) => sum !== own)
        .map(({ currency, minor }) => ({ currency, amount: formatMoney(minor, currency) })),
    };
  });
}

function pacingJson(campaign: CampaignRow, spendMinor: bigint, now: Date): ListedCampaign['pacing'] {
  const pacing = paceBudget(campaign, spendMinor, now);
  if (pacing === undefined) return null;
  return { expected_to_date: formatMoney(pacing.expected_minor, campaign.currency), percent: pacing.percent };
}

export function campaignFields({ budget_amount_minor, ...campaign }: CampaignRow, now: Date): CampaignFields {
  const status = effectiveStatus(campaign, now);
  return {
    ...campaign,
    status,
    ended_at: campaign.ended_at ?? (status === 'ended' ? campaign.ends_at : null),
    budget_amount: budget_amount_minor === null ? null : formatMoney(budget_amount_minor, campaign.currency),
  };
}

export function periodJson({ from, to }: Period): PeriodJson {
  return { from: from.toISOString(), to: to?.toISOString() ?? null };
}

export type HistoryJson = { running_periods: PeriodJson[]; targets: TargetPeriodJson[] };
export type TargetPeriodJson = {
  id: string;
  product_id: string;
  effective_from: string;
  effective_to: string | null;
};

/** A history as the audit keeps it: of its targets, there may be thousands, only those that differ from the other. */
export function historyJson({ running_periods, targets }: History, other: History): HistoryJson {
  const same = new Set(other.targets.map(({ id, period }) => id + toRange(period)));
  return {
    running_periods: running_periods.map(periodJson),
    targets: targets.filter(({ id, period }) => !same.has(id + toRange(period))).map(targetPeriodJson),
  };
}

export function targetPeriodJson({ id, product_id, period }: Target): TargetPeriodJson {
  const { from, to } = periodJson(period);
  return { id, product_id, effective_from: from, effective_to: to };
}

/** The columns that hold JSON, as the database takes them. */
export function jsonColumns({
  socials,
  targeting,
  metadata,
}: Pick<CampaignRow, 'socials' | 'targeting' | 'metadata'>) {
  const json = (value: unknown) => (value === null ? null : JSON.stringify(value));
  return { socials: json(socials), targeting: json(targeting), metadata: json(metadata) };
}
