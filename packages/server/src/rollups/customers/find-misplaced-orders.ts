import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import { readStandings } from '../replay-ledger.ts';
import type { CustomerOrder } from './customer-order.ts';
import { orderOf, readAges } from './order-of-standing.ts';
import { readPeople } from './read-people.ts';
import { type AcquisitionMeasures, acquisitionNames } from './sum-acquisitions.ts';

/** Of these orders, those whose rows among their customers' orders are not what ledger and settlements say. */
export async function findMisplacedOrders(db: Database, orderIds: string[]): Promise<string[]> {
  const people = await readPeople(db, orderIds);
  const standings = await readStandings(db, [...people.keys()]);
  const ages = await readAges(db, [...standings.values()].flat());
  const expected = [...people].flatMap(([order_id, person_id]) =>
    standings.get(order_id)!.map((standing) => orderOf(standing, { order_id, person_id }, ages)),
  );
  const { rows: held } = await sql<CustomerOrder>`
    select * from customer_orders where order_id = any(${orderIds}::uuid[])`.execute(db);
  const texts = [expected, held].map((orders) => textsOf(orders));
  return orderIds.filter((id) => texts[0]!.get(id) !== texts[1]!.get(id));
}

/** Orders that are marked as a person's first, or as acquiring, and are not, or the other way round. */
export async function findMismarkedOrders(db: Database): Promise<string[]> {
  const { rows } = await sql<{ order_id: string }>`
    select distinct order_id
      from (
        select order_id, is_first, is_acquiring, campaign_id,
               row_number() over (partition by person_id, model_version_id order by sale_time, order_id) as place,
               row_number() over (
                 partition by person_id, model_version_id, campaign_id is null order by sale_time, order_id
               ) as credited_place
          from customer_orders
      ) ranked
     where is_first <> (place = 1) or is_acquiring <> (campaign_id is not null and credited_place = 1)
     order by order_id`.execute(db);
  return rows.map(({ order_id }) => order_id);
}

export type WrongAcquisition = {
  model_version_id: string;
  currency: string;
  bucket: Date;
  campaign_id: string;
  stored: AcquisitionMeasures;
  expected: AcquisitionMeasures;
};

/** Rows of the acquisition rollups that are not the sum of the customers' orders and their credit. */
export async function findWrongAcquisitions(db: Database): Promise<WrongAcquisition[]> {
  const sides = (side: string) =>
    sql.join(
      acquisitionNames.map(
        (name) => sql`coalesce(${sql.ref(`${side}.${name}`)}, 0) as ${sql.ref(`${side}_${name}`)}`,
      ),
    );
  const { rows } = await sql<Record<string, unknown> & WrongAcquisition>`
    with part as (
      select acquired.model_version_id, acquired.currency, acquired.sale_time, acquired.campaign_id,
             (bought.order_id = acquired.order_id)::int as customers, 1 as orders, bought.revenue_minor,
             0 as new_orders, 0::numeric as new_revenue_minor
        from customer_orders acquired
        join customer_orders bought using (person_id, model_version_id, currency)
       where acquired.is_acquiring
      union all
      select first_order.model_version_id, first_order.currency, first_order.sale_time, credit.campaign_id, 0, 0, 0, 1,
             sum(credit.revenue_minor)
        from customer_orders first_order
        join credit_entries credit using (order_id, model_version_id)
       where first_order.is_first
       group by first_order.person_id, first_order.model_version_id, first_order.order_id, credit.campaign_id
      having sum(credit.revenue_minor) <> 0 or sum(credit.quantity_e4) <> 0
    ),
    expected as (
      select model_version_id, currency, date_trunc('day', sale_time, 'UTC') as bucket, campaign_id,
             ${sql.join(acquisitionNames.map((name) => sql`sum(${sql.ref(name)})::bigint as ${sql.ref(name)}`))}
        from part group by 1, 2, 3, 4
    )
    select model_version_id, currency, bucket, campaign_id, ${sides('stored')}, ${sides('expected')}
      from acquisition_rollups stored
      full join expected using (model_version_id, currency, bucket, campaign_id)
     where (${sql.join(acquisitionNames.map((name) => sql`coalesce(${sql.ref(`stored.${name}`)}, 0)`))})
       <> (${sql.join(acquisitionNames.map((name) => sql`coalesce(${sql.ref(`expected.${name}`)}, 0)`))})
     order by 1, 2, 3, 4`.execute(db);
  return rows.map((row) => ({
    model_version_id: row.model_version_id,
    currency: row.currency,
    bucket: row.bucket,
    campaign_id: row.campaign_id,
    stored: measuresOf(row, 'stored'),
    expected: measuresOf(row, 'expected'),
  }));
}

function measuresOf(row: Record<string, unknown>, side: string): AcquisitionMeasures {
  return Object.fromEntries(
    acquisitionNames.map((name) => [name, row[`${side}_${name}`]]),
  ) as AcquisitionMeasures;
}

/** Rows as comparable text, by order; how they are marked is another question. */
function textsOf(orders: CustomerOrder[]): Map<string, string> {
  const texts = new Map<string, string[]>();
  for (const order of orders) {
    const { person_id, model_version_id, sale_time, currency, revenue_minor, campaign_id } = order;
    const text = [person_id, model_version_id, sale_time.toISOString(), currency, revenue_minor, campaign_id];
    texts.set(order.order_id, [...(texts.get(order.order_id) ?? []), text.join('|')]);
  }
  return new Map([...texts].map(([id, rows]) => [id, rows.sort().join('\n')]));
}
