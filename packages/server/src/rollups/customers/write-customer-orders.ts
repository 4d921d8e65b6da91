import { sql } from 'kysely';
import { type Database, plainArray } from '../../database/index.ts';
import type { CustomerOrder } from './customer-order.ts';
import { type AcquisitionRows, acquisitionKey, acquisitionNames } from './sum-acquisitions.ts';

/** Writes what differs between what is held of people and what is to be held. */
export async function writeCustomerOrders(
  tx: Database,
  held: CustomerOrder[],
  wanted: CustomerOrder[],
): Promise<void> {
  const wantedByKey = new Map(wanted.map((order) => [keyOf(order), order]));
  const heldByKey = new Map(held.map((order) => [keyOf(order), order]));
  const gone = held.filter((order) => !wantedByKey.has(keyOf(order)));
  const changed = wanted.filter((order) => differs(order, heldByKey.get(keyOf(order))));
  if (gone.length > 0) {
    await sql`
      delete from customer_orders
       where (person_id, model_version_id, order_id) in (
         select * from unnest(${plainArray(gone, (row) => row.person_id)}::uuid[],
                              ${plainArray(gone, (row) => row.model_version_id)}::uuid[],
                              ${plainArray(gone, (row) => row.order_id)}::uuid[]))`.execute(tx);
  }
  if (changed.length > 0) {
    await sql`
      insert into customer_orders
        (person_id, model_version_id, order_id, sale_time, currency, revenue_minor, campaign_id, is_first, is_acquiring)
      select * from unnest(
        ${plainArray(changed, (row) => row.person_id)}::uuid[],
        ${plainArray(changed, (row) => row.model_version_id)}::uuid[],
        ${plainArray(changed, (row) => row.order_id)}::uuid[],
        ${plainArray(changed, (row) => row.sale_time)}::timestamptz[],
        ${plainArray(changed, (row) => row.currency)}::text[],
        ${plainArray(changed, (row) => row.revenue_minor)}::bigint[],
        ${plainArray(changed, (row) => row.campaign_id)}::uuid[],
        ${plainArray(changed, (row) => String(row.is_first))}::boolean[],
        ${plainArray(changed, (row) => String(row.is_acquiring))}::boolean[])
      on conflict (person_id, model_version_id, order_id) do update set
        sale_time = excluded.sale_time, currency = excluded.currency, revenue_minor = excluded.revenue_minor,
        campaign_id = excluded.campaign_id, is_first = excluded.is_first, is_acquiring = excluded.is_acquiring`.execute(
      tx,
    );
  }
}

/** Adds changes to the rollups, in the order of their keys, so that writers that meet lock in the same order. */
export async function applyAcquisitions(tx: Database, changes: AcquisitionRows): Promise<void> {
  const rows = [...changes.values()]
    .filter(({ measures }) => acquisitionNames.some((name) => measures[name] !== 0n))
    .sort((a, b) => (acquisitionKey(a) < acquisitionKey(b) ? -1 : 1));
  if (rows.length === 0) return;
  const names = sql.join(acquisitionNames.map((name) => sql.ref(name)));
  const additions = sql.join(
    acquisitionNames.map(
      (name) => sql`${sql.ref(name)} = acquisition_rollups.${sql.ref(name)} + excluded.${sql.ref(name)}`,
    ),
  );
  await sql`
    insert into acquisition_rollups (model_version_id, currency, bucket, campaign_id, ${names})
    select * from unnest(
      ${plainArray(rows, (row) => row.model_version_id)}::uuid[],
      ${plainArray(rows, (row) => row.currency)}::text[],
      ${plainArray(rows, (row) => row.bucket)}::timestamptz[],
      ${plainArray(rows, (row) => row.campaign_id)}::uuid[],
      ${sql.join(acquisitionNames.map((name) => sql`${plainArray(rows, (row) => row.measures[name])}::bigint[]`))})
    on conflict (model_version_id, currency, bucket, campaign_id) do update set ${additions}`.execute(tx);
}

function keyOf({ person_id, model_version_id, order_id }: CustomerOrder): string {
  return `${person_id}|${model_version_id}|${order_id}`;
}

function differs(wanted: CustomerOrder, held: CustomerOrder | undefined): boolean {
  return (
    held === undefined ||
    wanted.sale_time.getTime() !== held.sale_time.getTime() ||
    wanted.currency !== held.currency ||
    wanted.revenue_minor !== held.revenue_minor ||
    wanted.campaign_id !== held.campaign_id ||
    wanted.is_first !== held.is_first ||
    wanted.is_acquiring !== held.is_acquiring
  );
}
