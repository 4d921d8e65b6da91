import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import type { CustomerOrder } from './customer-order.ts';

/** All that is held of these people. */
export async function readCustomerOrders(db: Database, personIds: string[]): Promise<CustomerOrder[]> {
  const { rows } = await sql<CustomerOrder>`
    select person_id, model_version_id, order_id, sale_time, currency, revenue_minor, campaign_id, is_first, is_acquiring
      from customer_orders where person_id = any(${personIds}::uuid[])`.execute(db);
  return rows;
}

type Credited = { order_id: string; model_version_id: string; campaign_id: string; revenue_minor: bigint };

/** What the ledger says that campaigns hold of these orders; what has come to nothing is absent. */
export async function readCreditedRevenue(db: Database, orderIds: string[]): Promise<Credited[]> {
  if (orderIds.length === 0) return [];
  const { rows } = await sql<Credited>`
    select order_id, model_version_id, campaign_id, sum(revenue_minor)::bigint as revenue_minor
      from credit_entries
     where order_id = any(${orderIds}::uuid[])
     group by order_id, model_version_id, campaign_id
    having sum(revenue_minor) <> 0 or sum(quantity_e4) <> 0`.execute(db);
  return rows;
}
