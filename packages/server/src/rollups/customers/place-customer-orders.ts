import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import type { Standing } from '../change-rollups.ts';
import { type CampaignAges, heldBy } from './acquiring-campaign.ts';
import { type CustomerOrder, markFirsts, personKey } from './customer-order.ts';
import { orderOf, readAges } from './order-of-standing.ts';
import { readCreditedRevenue, readCustomerOrders } from './read-customer-orders.ts';
import { readPeople } from './read-people.ts';
import { type AcquisitionRows, type CreditedRevenue, sumAcquisitions } from './sum-acquisitions.ts';
import { applyAcquisitions, writeCustomerOrders } from './write-customer-orders.ts';

/** An order that was settled just now: what stood of it, and what stands. */
export type PlacedOrder = { order_id: string; before: Standing[]; after: Standing[] };

/**
 * Puts settled orders where they belong among their customers' orders, and moves first orders and acquisitions with
 * their rollups: an earlier order that arrives late, one that is cancelled, one whose customer turned out to be
 * somebody else. Runs in the transaction that settles, after the ledger was posted to.
 *
 * Two settlements that share a person take turns: a person's orders are read and written under a lock on the person.
 */
export async function placeCustomerOrders(tx: Database, orders: PlacedOrder[]): Promise<void> {
  const orderIds = orders.map(({ order_id }) => order_id);
  const { people, affected } = await lockPeople(tx, orderIds);
  if (affected.length === 0) return;
  const held = await readCustomerOrders(tx, affected);
  const wanted = markFirsts(
    placed(
      orders,
      held,
      people,
      await readAges(
        tx,
        orders.flatMap(({ after }) => after),
      ),
    ),
  );

  const others = displaced(held, wanted).filter((id) => !orderIds.includes(id));
  const credited = await readCreditedRevenue(tx, others);
  const changes: AcquisitionRows = new Map();
  sumAcquisitions(changes, held, -1n, revenueBy(credited, orders, 'before'));
  sumAcquisitions(changes, wanted, 1n, revenueBy(credited, orders, 'after'));
  await writeCustomerOrders(tx, held, wanted);
  await applyAcquisitions(tx, changes);
}

/**
 * Locks everybody whose orders these are, or were when they were last placed; in one order, so that no two wait in a
 * circle. Who an order belongs to is read again behind the locks, for an address may have changed meanwhile.
 */
async function lockPeople(
  tx: Database,
  orderIds: string[],
): Promise<{ people: Map<string, string>; affected: string[] }> {
  const locked = new Set<string>();
  for (;;) {
    const people = await readPeople(tx, orderIds);
    const affected = [...new Set([...people.values(), ...(await readPlaced(tx, orderIds))])].sort();
    const unlocked = affected.filter((id) => !locked.has(id));
    if (unlocked.length === 0) return { people, affected };
    for (const id of unlocked) locked.add(id);
    await sql`
      select pg_advisory_xact_lock(${lockSpace}, key)
        from (select distinct hashtext(person) as key from unnest(${unlocked}::text[]) as people (person) order by 1) keys`.execute(
      tx,
    );
  }
}

// Arbitrary, and only ours.
const lockSpace = 7_113_003;

async function readPlaced(tx: Database, orderIds: string[]): Promise<string[]> {
  const { rows } = await sql<{ person_id: string }>`
    select distinct person_id from customer_orders where order_id = any(${orderIds}::uuid[])`.execute(tx);
  return rows.map(({ person_id }) => person_id);
}

/** What is to be held of the people: what is held, with the orders settled just now as they are. Marks are left. */
function placed(
  orders: PlacedOrder[],
  held: CustomerOrder[],
  people: Map<string, string>,
  ages: CampaignAges,
): CustomerOrder[] {
  const settled = new Map(orders.map(({ order_id, before, after }) => [order_id, versionsOf(before, after)]));
  const kept = held.flatMap((order) => {
    const versions = settled.get(order.order_id);
    if (versions === undefined) return [order];
    const person_id = people.get(order.order_id);
    const isReplaced = versions.has(order.model_version_id) || person_id === undefined;
    return isReplaced ? [] : [{ ...order, person_id }];
  });
  const renewed = orders.flatMap(({ order_id, after }) => {
    const person_id = people.get(order_id);
    if (person_id === undefined) return [];
    return after.map((standing) => orderOf(standing, { order_id, person_id }, ages));
  });
  return [...kept, ...renewed];
}

function versionsOf(...standings: Standing[][]): Set<string> {
  return new Set(standings.flat().map(({ model_version_id }) => model_version_id));
}

/** Orders that became, or ceased to be, somebody's first: of those not settled just now the ledger tells the credit. */
function displaced(held: CustomerOrder[], wanted: CustomerOrder[]): string[] {
  const [before, after] = [held, wanted].map(
    (orders) =>
      new Map(
        orders
          .filter(({ is_first }) => is_first)
          .map((order) => [`${personKey(order)}|${order.order_id}`, order.order_id]),
      ),
  );
  const changed = [...before!, ...after!].filter(([key]) => before!.has(key) !== after!.has(key));
  return [...new Set(changed.map(([, orderId]) => orderId))];
}

type Credited = Awaited<ReturnType<typeof readCreditedRevenue>>;

function revenueBy(credited: Credited, orders: PlacedOrder[], when: 'before' | 'after'): CreditedRevenue {
  const known = new Map<string, Map<string, bigint>>();
  const of = (orderId: string, versionId: string) => {
    const key = `${orderId}|${versionId}`;
    const revenue = known.get(key) ?? new Map<string, bigint>();
    known.set(key, revenue);
    return revenue;
  };
  for (const { order_id, model_version_id, campaign_id, revenue_minor } of credited) {
    of(order_id, model_version_id).set(campaign_id, revenue_minor);
  }
  for (const order of orders) {
    for (const { model_version_id, credits } of order[when]) {
      const revenue = of(order.order_id, model_version_id);
      for (const [campaignId, { revenue_minor, quantity_e4 }] of heldBy(credits)) {
        if (revenue_minor !== 0n || quantity_e4 !== 0n) revenue.set(campaignId, revenue_minor);
      }
    }
  }
  return ({ order_id, model_version_id }) => of(order_id, model_version_id);
}
