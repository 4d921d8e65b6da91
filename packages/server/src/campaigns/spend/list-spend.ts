import { sql } from 'kysely';
import { z } from 'zod';
import { decodeCursor, encodeCursor } from '../../vocabulary/cursor.ts';
import { formatMoney } from '../../vocabulary/money.ts';
import type { RouteContext } from '../../vocabulary/route.ts';
import { refuseUnseen } from '../seen-campaigns.ts';
import { type SpendJson, spendJson } from './spend-entry.ts';

export type SpendFilter = {
  /** First and last day, both included. */
  from?: string;
  to?: string;
  source?: string;
  currency?: string;
  limit: number;
  cursor?: string;
};

export type SpendList = {
  entries: SpendJson[];
  /** Over everything the filter lets through, not only this page. */
  totals: { currency: string; amount: number; entries: number }[];
  next_cursor: string | null;
};

/**
 * What a campaign cost: its entries, latest day first, and the total in each currency.
 * @throws not_found
 */
export async function listSpend(
  { db, actor }: Pick<RouteContext, 'db' | 'actor'>,
  campaignId: string,
  { from, to, source, currency, limit, cursor }: SpendFilter,
): Promise<SpendList> {
  await refuseUnseen(db, actor.scope, campaignId);

  let matching = db.selectFrom('campaign_spend').where('campaign_id', '=', campaignId);
  if (from !== undefined) matching = matching.where('day', '>=', from);
  if (to !== undefined) matching = matching.where('day', '<=', to);
  if (source !== undefined) matching = matching.where('source', '=', source);
  if (currency !== undefined) matching = matching.where('currency', '=', currency);
  const totals = await matching
    .select([
      'currency',
      sql<bigint>`sum(amount_minor)::bigint`.as('minor'),
      sql<number>`count(*)::int`.as('entries'),
    ])
    .groupBy('currency')
    .orderBy('currency')
    .execute();

  let page = matching.selectAll().orderBy('day', 'desc').orderBy('id', 'desc');
  if (cursor !== undefined) {
    const [day, id] = decodeCursor('spend', z.tuple([z.iso.date(), z.uuid()]), cursor);
    page = page.where(sql<boolean>`(day, id) < (${day}::date, ${id}::uuid)`);
  }
  const rows = await page.limit(limit + 1).execute();
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    entries: shown.map(spendJson),
    totals: totals.map(({ minor, ...total }) => ({
      currency: total.currency,
      amount: formatMoney(minor, total.currency),
      entries: total.entries,
    })),
    next_cursor: rows.length > limit && last ? encodeCursor('spend', [last.day, last.id]) : null,
  };
}
