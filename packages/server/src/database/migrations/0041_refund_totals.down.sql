create or replace function reporting.refunded_minor(of_order uuid) returns bigint
  language sql stable parallel safe security definer set search_path = public, pg_temp
  as $$
    select coalesce(sum(coalesce(refund.amount_minor, coalesce(refund.shipping_minor, 0)
             + coalesce(refund.tax_minor, 0) + coalesce(returned.amount_minor, 0))), 0)::bigint
      from refunds refund
      left join lateral (
        select sum(coalesce(part.amount_minor, round(
                 (round(line.quantity_e4 * line.unit_price_minor::numeric / 10000) - line.discount_minor)
                 * least(part.quantity_e4, line.quantity_e4) / nullif(line.quantity_e4, 0)))) as amount_minor
          from refund_lines part
          left join order_lines line on line.order_id = part.order_id
           and (line.external_id = part.line_external_id
                or part.line_external_id is null and line.line_no = part.line_no)
         where part.order_id = refund.order_id and part.refund_external_id = refund.external_id
      ) returned on true
     where refund.order_id = of_order
  $$;

comment on column reporting.claimed_sales.revenue_minor is
  'After refunds. A refund that gives pieces and no amount takes their share of the price, so that it can differ by a cent from the ledger.';

drop table refund_totals;
