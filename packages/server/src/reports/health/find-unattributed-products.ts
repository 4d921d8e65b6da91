import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import type { OpenSpan } from '../../rollups/index.ts';
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
  { model, currency }: ReportQuestion,
  span: OpenSpan,
): Promise<UnattributedProducts> {
  // What could be credited of each line is kept with the settlement of its order.
  const { rows } = await sql<Examined & (UnattributedProduct | Nothing)>`
    with latest as materialized (
      select id, ordered_at
        from orders
       where currency = ${currency} and ordered_at >= ${span.from ?? '-infinity'} and ordered_at < ${span.to ?? 'infinity'}
       order by ordered_at desc, id desc
       limit ${ordersExamined}
    ),
    creditable as (
      select settlement.order_id, (line.value ->> 0)::int as line_no, (line.value ->> 1)::bigint as quantity_e4,
             (line.value ->> 2)::bigint as revenue_minor
        from latest
        join order_settlements settlement on settlement.order_id = latest.id
        cross join jsonb_array_elements(settlement.coverage) coverage
        cross join jsonb_array_elements(coverage.value -> 'lines') line
       where coverage.value -> 'counted_by' ? ${model.id}
    ),
    credited as (
      select order_id, line_no
        from latest
        join credit_entries on order_id = latest.id and model_version_id = ${model.id}
       group by order_id, line_no
      having sum(quantity_e4) <> 0 or sum(revenue_minor) <> 0
    ),
    uncredited as (
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
       limit ${productsShown}
    )
    select examined.orders_examined, examined.since, uncredited.*
      from (select count(*)::int as orders_examined, min(ordered_at) as since from latest) examined
      left join uncredited on true
     order by uncredited.revenue_minor desc, uncredited.product_id`.execute(db);
  const { orders_examined, since } = rows[0]!;
  return {
    orders_examined,
    since,
    products: rows.flatMap(({ orders_examined: _, since: __, ...product }) =>
      product.product_id === null ? [] : [product],
    ),
  };
}

type Examined = Pick<UnattributedProducts, 'orders_examined' | 'since'>;
type Nothing = { product_id: null };
