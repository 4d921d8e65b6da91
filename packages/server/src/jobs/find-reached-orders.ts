import { sql } from 'kysely';
import type { Database } from '../database/index.ts';
import type { Span } from '../vocabulary/reach.ts';

/** The ids of the orders sold in a span, of these products when it names any, in pages. */
export async function* findReachedOrders(
  db: Database,
  { from, to, product_ids }: Span,
  pageSize: number,
): AsyncGenerator<string[]> {
  let after: { ordered_at: Date; id: string } | undefined;
  do {
    const { rows }: { rows: { ordered_at: Date; id: string }[] } = await sql<{
      ordered_at: Date;
      id: string;
    }>`
      select o.ordered_at, o.id
        from orders o
       where ${from === null ? sql`true` : sql`o.ordered_at >= ${from}`}
         and ${to === null ? sql`true` : sql`o.ordered_at < ${to}`}
         and ${after === undefined ? sql`true` : sql`(o.ordered_at, o.id) > (${after.ordered_at}, ${after.id})`}
         and ${
           product_ids === undefined
             ? sql`true`
             : sql`exists (select from order_lines l where l.order_id = o.id and l.product_id = any(${product_ids}::uuid[]))`
         }
       order by o.ordered_at, o.id
       limit ${pageSize}`.execute(db);
    if (rows.length > 0) yield rows.map((row) => row.id);
    after = rows.length === pageSize ? rows.at(-1) : undefined;
  } while (after !== undefined);
}
