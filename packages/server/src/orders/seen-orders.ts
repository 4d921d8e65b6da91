import { type RawBuilder, sql } from 'kysely';
import { seenCampaignIds } from '../campaigns/index.ts';
import type { Database } from '../database/index.ts';
import { isOneOfRetailers } from '../partners/index.ts';
import { notFound } from '../vocabulary/errors.ts';
import type { Scope } from '../vocabulary/permission.ts';
import type { OrderData } from './show-order.ts';

/**
 * Whether somebody sees a row of `orders`: all of them, those of their shops, or those that their campaigns were ever
 * credited with. It stands in the queries themselves, so that what is not seen is not read.
 */
export function isSeenOrder(scope: Scope): RawBuilder<boolean> {
  switch (scope.kind) {
    case 'all':
      return sql`true`;
    case 'retailer':
      return isOneOfRetailers(sql`orders.retailer`, scope.retailers);
    case 'owner':
      return sql`exists (
        select from credit_entries entry
         where entry.order_id = orders.id and entry.campaign_id = any(array${seenCampaignIds(scope)}))`;
  }
}

/** Those of these orders that somebody sees. */
export async function seenOrderIds(db: Database, orderIds: string[], scope: Scope): Promise<string[]> {
  if (scope.kind === 'all' || orderIds.length === 0) return orderIds;
  return among(db, orderIds, scope);
}

/** @throws not_found for an order that is not there, or not theirs */
export async function refuseUnseenOrder(db: Database, orderId: string, scope: Scope): Promise<void> {
  const seen = await among(db, [orderId], scope);
  if (seen.length === 0) throw notFound('order', orderId);
}

async function among(db: Database, orderIds: string[], scope: Scope): Promise<string[]> {
  const rows = await db
    .selectFrom('orders')
    .select('id')
    .where('id', '=', sql<string>`any(${orderIds}::uuid[])`)
    .where(isSeenOrder(scope))
    .execute();
  const seen = new Set(rows.map(({ id }) => id));
  return orderIds.filter((id) => seen.has(id));
}

/**
 * Of these orders, the lines that somebody's campaigns were ever credited with, as `order|line`; undefined for all
 * lines. What else was in the basket is others' business.
 */
export async function seenLines(
  db: Database,
  orderIds: string[],
  scope: Scope,
): Promise<Set<string> | undefined> {
  if (scope.kind !== 'owner') return undefined;
  const rows = await db
    .selectFrom('credit_entries')
    .select(['order_id', 'line_no'])
    .distinct()
    .where('order_id', '=', sql<string>`any(${orderIds}::uuid[])`)
    .where(sql<boolean>`campaign_id = any(array${seenCampaignIds(scope)})`)
    .execute();
  return new Set(rows.map(({ order_id, line_no }) => lineKey(order_id, line_no)));
}

export function lineKey(orderId: string, lineNo: number): string {
  return `${orderId}|${lineNo}`;
}

/**
 * An order as somebody sees it who stands for a campaign's owner or a retailer: without the costs of the shop and the
 * trails of its visitors, which name others' campaigns. An owner sees the lines their campaigns were credited with, and
 * neither the customer nor what the whole order came to.
 */
export function orderSeenBy(scope: Scope, order: OrderData, lines: Set<string> | undefined): OrderData {
  if (scope.kind === 'all') return order;
  const { error: _, ...settlement } = order.settlement;
  const seen = {
    ...order,
    session_id: null,
    utm: null,
    click_ids: null,
    reported_campaign: null,
    lines: order.lines
      .filter(({ line_no }) => lines === undefined || lines.has(lineKey(order.id, line_no)))
      .map((line) => ({ ...line, unit_cost: null, unit_cost_given_by: null })),
    settlement,
  };
  return scope.kind === 'retailer' ? seen : { ...seen, ...unknownToOwners };
}

const unknownToOwners = {
  customer: null,
  coupon: null,
  shipping: null,
  tax: null,
  discount: null,
  total: null,
  refunded: null,
  net_total: null,
  product_count: null,
  refunds: [],
};
