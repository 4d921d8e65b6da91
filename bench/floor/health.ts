import type { Span, Statement } from './credit.ts';

/**
 * What could be credited, by how many campaigns hold credit of a line; with `together`, all of it. What could be
 * credited of an order is kept with its settlement.
 */
export function creditable({ version, currency, from, to }: Span, together: boolean): Statement {
  return {
    sql: `
      select ${together ? "''" : 'coalesce(held.campaigns, 0)'} as subject, sum(line.quantity_e4) as units,
             sum(line.revenue_minor) as revenue,
             count(*) filter (where line.quantity_e4 <> 0 or line.revenue_minor <> 0) as lines,
             count(distinct line.order_id) filter (where line.quantity_e4 <> 0 or line.revenue_minor <> 0) as orders
        from (
          select s.order_id, (l.value ->> 0)::int as line_no, (l.value ->> 1)::bigint as quantity_e4,
                 (l.value ->> 2)::bigint as revenue_minor
            from orders o
            join order_settlements s on s.order_id = o.id
            cross join jsonb_array_elements(s.coverage) c
            cross join jsonb_array_elements(c.value -> 'lines') l
           where o.ordered_at >= $3 and o.ordered_at < $4 and o.currency = $2 and c.value -> 'counted_by' ? $1
        ) line
        ${together ? '' : heldJoined}
       group by 1`,
    parameters: [version, currency, from, to],
  };
}

const heldJoined = `
  left join (
    select order_id, line_no, count(distinct campaign_id) as campaigns
      from credit_entries
     where model_version_id::text = $1 and currency = $2 and sale_time >= $3 and sale_time < $4
     group by order_id, line_no
  ) held on held.order_id = line.order_id and held.line_no = line.line_no`;
