import { type Span, type Statement, treesJoined } from './credit.ts';

/** What a report of customers has a row for. */
export type CustomerGroup = { by: string; tz: string; trees: boolean };

/** Customers acquired, and what they have bought to date. */
export function acquiredCustomers({ version, currency, from, to }: Span, group: CustomerGroup): Statement {
  return {
    sql: `
      select ${subjectOf(group)} as subject, count(*) as customers, sum(bought.orders) as orders_to_date,
             sum(bought.revenue_minor) as revenue_to_date
        from customer_orders e
        join (
          select person_id, count(*) as orders, sum(revenue_minor) as revenue_minor
            from customer_orders
           where model_version_id = $1 and currency = $2
           group by person_id
        ) bought on bought.person_id = e.person_id
        ${group.trees ? treesJoined : ''}
       where e.is_acquiring and e.model_version_id = $1 and e.currency = $2 and e.sale_time >= $3 and e.sale_time < $4
       group by 1`,
    parameters: [version, currency, from, to],
  };
}

/** Credit of customers' first orders; an order once for each campaign that holds some of it. */
export function firstOrders({ version, currency, from, to }: Span, group: CustomerGroup): Statement {
  return {
    sql: `
      select ${subjectOf(group)} as subject, sum(e.revenue_minor) as new_customer_revenue,
             count(distinct (e.campaign_id, e.order_id)) as new_customer_orders
        from customer_orders f
        join credit_entries e on e.order_id = f.order_id and e.model_version_id = f.model_version_id
        ${group.trees ? treesJoined : ''}
       where f.is_first and f.model_version_id = $1 and f.currency = $2 and f.sale_time >= $3 and f.sale_time < $4
       group by 1`,
    parameters: [version, currency, from, to],
  };
}

function subjectOf({ by, tz, trees }: CustomerGroup): string {
  const campaign = trees ? 'above.tree' : 'e.campaign_id';
  const month = `to_char(e.sale_time at time zone '${tz}', 'YYYY-MM')`;
  if (by === 'campaign') return campaign;
  return by === 'month' ? month : `${month} || ' ' || ${campaign}`;
}
