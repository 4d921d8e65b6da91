import { sql } from 'kysely';
import { type Database, inSnapshot } from '../../../database/index.ts';
import type { Minor } from '../../../vocabulary/money.ts';
import { type CustomerQuestion, resolveCustomer } from './resolve-customer.ts';

type PlacedOrder = {
  order_id: string;
  external_id: string;
  order_number: string | null;
  sale_time: Date;
  currency: string;
  revenue_minor: Minor;
  is_first: boolean;
  is_acquiring: boolean;
  campaign_id: string | null;
  name: string | null;
  platform: string | null;
};

export type HeldCredit = {
  campaign_id: string;
  name: string;
  platform: string;
  revenue_minor: Minor;
};

export type Acquisition = {
  question: CustomerQuestion;
  first_order: PlacedOrder | undefined;
  /** The first order that a campaign holds credit of, and who holds it: the acquiring campaign first. */
  acquiring: { order: PlacedOrder; credits: HeldCredit[] } | undefined;
  to_date: { currency: string; orders: number; revenue_minor: Minor }[];
};

/**
 * Which campaign a customer came by under a model, and what they bought since.
 * @throws not_found for the customer; invalid for the model
 */
export async function readAcquisition(
  db: Database,
  customerId: string,
  model: string | undefined,
): Promise<Acquisition> {
  return await inSnapshot(db, async (snapshot) => {
    const question = await resolveCustomer(snapshot, customerId, model);
    const orders = await readOrders(snapshot, question);
    const order = orders.find(({ is_acquiring }) => is_acquiring);
    return {
      question,
      first_order: orders.find(({ is_first }) => is_first),
      acquiring: order && { order, credits: await readCredits(snapshot, question, order) },
      to_date: await sumToDate(snapshot, question),
    };
  });
}

/** The first order and the acquiring one, which are mostly one. */
async function readOrders(db: Database, { person_id, model }: CustomerQuestion): Promise<PlacedOrder[]> {
  const { rows } = await sql<PlacedOrder>`
    select placed.order_id, o.external_id, o.order_number, placed.sale_time, placed.currency, placed.revenue_minor,
           placed.is_first, placed.is_acquiring, placed.campaign_id, c.name, c.platform
      from customer_orders placed
      join orders o on o.id = placed.order_id
      left join campaigns c on c.id = placed.campaign_id
     where placed.person_id = ${person_id} and placed.model_version_id = ${model.id}
       and (placed.is_first or placed.is_acquiring)`.execute(db);
  return rows;
}

async function readCredits(
  db: Database,
  { model }: CustomerQuestion,
  { order_id, campaign_id }: PlacedOrder,
): Promise<HeldCredit[]> {
  const { rows } = await sql<HeldCredit>`
    select c.id as campaign_id, c.name, c.platform, sum(e.revenue_minor)::bigint as revenue_minor
      from credit_entries e
      join campaigns c on c.id = e.campaign_id
     where e.order_id = ${order_id} and e.model_version_id = ${model.id} and c.channel is null
     group by c.id
    having sum(e.revenue_minor) <> 0 or sum(e.quantity_e4) <> 0
     order by c.id = ${campaign_id} desc, sum(e.revenue_minor) desc, c.created_at, c.id`.execute(db);
  return rows;
}

async function sumToDate(
  db: Database,
  { person_id, model }: CustomerQuestion,
): Promise<Acquisition['to_date']> {
  const { rows } = await sql<Acquisition['to_date'][number]>`
    select currency, count(*)::int as orders, sum(revenue_minor)::bigint as revenue_minor
      from customer_orders
     where person_id = ${person_id} and model_version_id = ${model.id}
     group by currency order by currency`.execute(db);
  return rows;
}
