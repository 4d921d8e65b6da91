/** A statement that answers with the plainest aggregate what a report answers from its rollups. */
export type Statement = { sql: string; parameters: unknown[] };

/** Which part of the ledger a report is about, as its own answer says. */
export type Span = {
  version: string;
  conserving: boolean;
  currency: string;
  basis: 'sale' | 'posted';
  from: string;
  to: string;
};

/**
 * Credit by whatever a report has a row for: sums, distinct orders, distinct lines. A line that several campaigns of a
 * subject hold in FULL counts once. Entries are counted as they stand, which holds while none is taken back: in the
 * bench none is.
 *
 * @param subject an expression over `e`, an entry, and what is joined to it
 */
export function creditBy(
  subject: string,
  span: Span,
  { joins = '', where = 'true' }: { joins?: string; where?: string } = {},
): Statement {
  const { version, conserving, currency, from, to } = span;
  return {
    sql: `
      select subject, sum(units) as units, sum(revenue) as revenue, coalesce(sum(profit), 0) as profit,
             count(*) as orders, sum(lines) as lines
        from (
          select subject, order_id, sum(quantity_e4) as units, sum(revenue_minor) as revenue,
                 sum(profit_minor) as profit, count(distinct line_no) as lines
            from (
              select ${conserving ? '' : 'distinct'} ${subject} as subject, e.order_id, e.line_no, e.quantity_e4,
                     e.revenue_minor, e.profit_minor
                from credit_entries e ${joins}
               where e.model_version_id = $1 and e.currency = $2
                 and e.${timeOf(span)} >= $3 and e.${timeOf(span)} < $4 and ${where}
            ) e
           group by subject, order_id
        ) o
       group by subject`,
    parameters: [version, currency, from, to],
  };
}

export function timeOf({ basis }: Pick<Span, 'basis'>): 'sale_time' | 'posted_at' {
  return basis === 'sale' ? 'sale_time' : 'posted_at';
}

export const campaignsJoined = 'join campaigns c on c.id = e.campaign_id';

/** Every campaign above an entry's own, and itself. */
export const treesJoined = `
  join (
    with recursive above as (
      select id as campaign_id, id as tree, parent_campaign_id from campaigns
      union all
      select above.campaign_id, c.id, c.parent_campaign_id from above join campaigns c on c.id = above.parent_campaign_id
    )
    select campaign_id, tree from above
  ) above on above.campaign_id = e.campaign_id`;
