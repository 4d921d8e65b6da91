import { type Span, type Statement, timeOf } from './credit.ts';

/** The orders that some campaigns are credited with: the latest sale first, or that with the most revenue. */
export function creditedOrders(
  span: Span,
  { joins, where }: { joins: string; where: string },
  by: 'sale_time' | 'revenue',
  limit: number,
): Statement {
  const { version, conserving, currency, from, to } = span;
  return {
    sql: `
      select order_id as subject, sum(quantity_e4) as units, sum(revenue_minor) as revenue,
             coalesce(sum(profit_minor), 0) as profit, count(distinct line_no) as lines
        from (
          select ${conserving ? '' : 'distinct'} e.order_id, e.line_no, e.sale_time, e.quantity_e4, e.revenue_minor,
                 e.profit_minor
            from credit_entries e ${joins}
           where e.model_version_id = $1 and e.currency = $2 and e.${timeOf(span)} >= $3 and e.${timeOf(span)} < $4
             and ${where}
        ) e
       group by order_id, sale_time
       order by ${by === 'revenue' ? 'sum(revenue_minor) desc,' : ''} sale_time desc, order_id desc
       limit ${limit}`,
    parameters: [version, currency, from, to],
  };
}
