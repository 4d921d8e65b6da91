import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import type { Minor } from '../../vocabulary/money.ts';
import type { QuantityE4 } from '../../vocabulary/quantity.ts';
import type { ReportQuestion } from '../ask/resolve-question.ts';

/** Products that sell without any campaign, by revenue: those worth targeting. */
export type UnattributedProducts = {
  /** How many orders were looked at, the latest of the range, and the sale time of the first of them. */
  orders_examined: number;
  since: Date | null;
  products: UnattributedProduct[];
};

export type UnattributedProduct = {
  product_id: string;
  external_id: string;
  sku: string | null;
  name: string | null;
  units_e4: QuantityE4;
  revenue_minor: Minor;
  lines: bigint;
};

// No rollup is kept by product: it would have about as many rows as there are order lines. What sells without
// campaigns now shows in the latest orders, whose examination takes the same time whatever the range and the history.
const ordersExamined = 1_000;
const productsShown = 20;

export async function findUnattributedProducts(
  db: Database,
  question: ReportQuestion,
): Promise<UnattributedProducts> {
  const latest = await latestOrders(db, question);
  return {
    orders_examined: latest.length,
    since: latest.at(-1)?.ordered_at ?? null,
    products: await productsWithout(
      db,
      question,
      latest.map(({ id }) => id),
    ),
  };
}

async function latestOrders(
  db: Database,
  { span, currency }: ReportQuestion,
): Promise<{ id: string; ordered_at: Date }[]> {
  let query = db.selectFrom('orders').select(['id', 'ordered_at']).where('currency', '=', currency);
  if (span.from !== null) query = query.where('ordered_at', '>=', span.from);
  if (span.to !== null) query = query.where('ordered_at', '<', span.to);
  return await query.orderBy('ordered_at', 'desc').orderBy('id', 'desc').limit(ordersExamined).execute();
}

/** What could be credited of each line is kept with the settlement of its order. */
async function productsWithout(
  db: Database,
  { model }: ReportQuestion,
  orderIds: string[],
): Promise<UnattributedProduct[]> {
  const { rows } = await sql<UnattributedProduct>`
    with creditable as (
      select settlement.order_id, (line.value ->> 0)::int as line_no, (line.value ->> 1)::bigint as quantity_e4,
             (line.value ->> 2)::bigint as revenue_minor
        from order_settlements settlement
        cross join jsonb_array_elements(settlement.coverage) coverage
        cross join jsonb_array_elements(coverage.value -> 'lines') line
       where settlement.order_id = any(${orderIds}::uuid[]) and coverage.value -> 'counted_by' ? ${model.id}
    ),
    credited as (
      select order_id, line_no
        from credit_entries
       where order_id = any(${orderIds}::uuid[]) and model_version_id = ${model.id}
       group by order_id, line_no
      having sum(quantity_e4) <> 0 or sum(revenue_minor) <> 0
    )
    select product.id as product_id, product.external_id, product.sku, product.name,
           sum(creditable.quantity_e4)::bigint as units_e4, sum(creditable.revenue_minor)::bigint as revenue_minor,
           count(*) as lines
      from creditable
      left join credited using (order_id, line_no)
      join order_lines using (order_id, line_no)
      join products product on product.id = order_lines.product_id
     where credited.order_id is null
       -- A line refunded to nothing was not sold without a campaign: nothing of it is left to credit.
       and (creditable.quantity_e4 <> 0 or creditable.revenue_minor <> 0)
     group by product.id
     order by sum(creditable.revenue_minor) desc, product.id
     limit ${productsShown}`.execute(db);
  return rows;
}
