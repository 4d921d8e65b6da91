import { type AuditView, readAudit } from '../people/index.ts';
import type { RouteContext } from '../vocabulary/route.ts';
import { describeEntry } from './describe-entry.ts';
import { readRunningPeriods } from './read-periods.ts';
import { refuseUnseen } from './seen-campaigns.ts';
import { type PeriodJson, periodJson } from './show-campaign.ts';

/** A change of a campaign; `summary` says in a sentence what it was. */
export type HistoryEntry = AuditView & { summary: string };

/**
 * What was done to a campaign, latest first, and when it ran.
 * @throws not_found, and malformed for a cursor of another list
 */
export async function readHistory(
  { db, actor }: Pick<RouteContext, 'db' | 'actor'>,
  campaignId: string,
  page: { limit: number; cursor?: string },
): Promise<{ entries: HistoryEntry[]; running_periods: PeriodJson[]; next_cursor: string | null }> {
  await refuseUnseen(db, actor.scope, campaignId);
  const running_periods = await readRunningPeriods(db, [campaignId]);
  const { entries, next_cursor } = await readAudit(db, {
    subject_kind: 'campaign',
    subject_id: campaignId,
    ...page,
  });
  return {
    entries: entries
      .map((entry) => (actor.scope.kind === 'all' ? entry : withoutOthers(entry)))
      .map((entry) => ({ ...entry, summary: describeEntry(entry) })),
    running_periods: running_periods.map(({ period }) => periodJson(period)),
    next_cursor,
  };
}

/** Where a campaign once lay in the tree, and whose it was, is about somebody else. */
function withoutOthers(entry: AuditView): AuditView {
  return { ...entry, before: withoutPlace(entry.before), after: withoutPlace(entry.after) };
}

function withoutPlace(state: unknown): unknown {
  if (typeof state !== 'object' || state === null) return state;
  const { parent_campaign_id: _, owner: __, ...rest } = state as Record<string, unknown>;
  return rest;
}
