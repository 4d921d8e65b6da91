import { sql } from 'kysely';
import { z } from 'zod';
import { decodeCursor, encodeCursor } from '../../vocabulary/cursor.ts';
import { timestampField } from '../../vocabulary/fields.ts';
import type { RouteContext } from '../../vocabulary/route.ts';
import { refuseUnseen } from '../seen-campaigns.ts';
import { showTargets, type TargetJson } from './show-targets.ts';

export type TargetFilter = {
  /** Only those in force or to come, or only the closed ones. */
  active?: boolean;
  limit: number;
  cursor?: string;
};

/**
 * What a campaign targets and has targeted, in the order the periods begin.
 * @throws not_found
 */
export async function listTargets(
  { db, clock, actor }: Pick<RouteContext, 'db' | 'clock' | 'actor'>,
  campaignId: string,
  { active, limit, cursor }: TargetFilter,
): Promise<{ targets: TargetJson[]; next_cursor: string | null }> {
  const now = clock.now();
  await refuseUnseen(db, actor.scope, campaignId);

  const from = sql<Date>`lower(period)`;
  const to = sql<Date | null>`upper(period)`;
  let page = db
    .selectFrom('campaign_targets')
    .select(['id', 'product_id', from.as('from'), to.as('to')])
    .where('campaign_id', '=', campaignId)
    .orderBy(from)
    .orderBy('id');
  const isOpen = sql<boolean>`(upper_inf(period) or upper(period) > ${now})`;
  if (active !== undefined) page = page.where(active ? isOpen : sql<boolean>`not ${isOpen}`);
  if (cursor !== undefined) {
    const [lastFrom, lastId] = decodeCursor('targets', z.tuple([timestampField, z.uuid()]), cursor);
    page = page.where(sql<boolean>`(lower(period), id) > (${lastFrom}::timestamptz, ${lastId}::uuid)`);
  }
  const rows = await page.limit(limit + 1).execute();
  const shown = rows.slice(0, limit).map(({ id, product_id, ...period }) => ({ id, product_id, period }));
  const last = shown.at(-1);
  return {
    targets: await showTargets(db, campaignId, shown, now),
    next_cursor:
      rows.length > limit && last ? encodeCursor('targets', [last.period.from.toISOString(), last.id]) : null,
  };
}
