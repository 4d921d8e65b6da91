import type { Span, Statement } from './credit.ts';

/** The campaigns that hold credit of one order. */
export function creditOfOrder({ version }: Pick<Span, 'version'>, orderId: string): Statement {
  return {
    sql: `
      select campaign_id as subject, sum(revenue_minor) as revenue
        from credit_entries where model_version_id = $1 and order_id = $2 group by campaign_id`,
    parameters: [version, orderId],
  };
}

/** The campaigns that hold credit of a person's orders. */
export function creditOfPerson({ version }: Pick<Span, 'version'>, customerId: string): Statement {
  return {
    sql: `
      select e.campaign_id as subject, sum(e.quantity_e4) as units, sum(e.revenue_minor) as revenue,
             count(distinct e.order_id) as orders
        from orders o
        join credit_entries e on e.order_id = o.id
       where e.model_version_id = $1 and o.customer_id in (${samePerson})
       group by e.campaign_id`,
    parameters: [version, customerId],
  };
}

/** The campaigns that hold credit of the first of a person's orders that has any. */
export function creditOfFirstOrder({ version }: Pick<Span, 'version'>, customerId: string): Statement {
  return {
    sql: `
      select e.campaign_id as subject, sum(e.revenue_minor) as revenue
        from credit_entries e
       where e.model_version_id = $1 and e.order_id = (
               select o.id
                 from orders o
                 join credit_entries e on e.order_id = o.id and e.model_version_id = $1
                where o.customer_id in (${samePerson})
                order by o.ordered_at, o.id limit 1)
       group by e.campaign_id`,
    parameters: [version, customerId],
  };
}

const samePerson = `
  select same.id from customers c join customers same on same.id = c.id or same.email_hash = c.email_hash where c.id = $2`;
