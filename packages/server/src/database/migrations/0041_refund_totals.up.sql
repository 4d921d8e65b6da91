-- What was given back of each order, worked out with its discounts and the refunds before: SQL knows no share of an
-- order's discount. Thrown away and rebuilt at will.
create table refund_totals (
  order_id uuid constraint refund_totals_pk primary key,
  refunded_minor bigint not null
);
alter table refund_totals add constraint refund_totals_order_fk foreign key (order_id) references orders (id);

create or replace function reporting.refunded_minor(of_order uuid) returns bigint
  language sql stable parallel safe security definer set search_path = public, pg_temp
  as $$
    select coalesce((select refunded_minor from refund_totals where order_id = of_order), 0)
  $$;

comment on column reporting.claimed_sales.revenue_minor is 'After refunds.';
