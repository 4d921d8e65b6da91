-- Which campaign each customer came by, and what they bought since: derived from settled orders, rebuilt from them.

-- One row per settled order of a known customer and model version under which its status carries credit.
create table customer_orders (
  -- Customers with the same email hash are one: the hash's first sixteen bytes; a customer without an address is its id.
  person_id uuid not null,
  model_version_id uuid not null,
  order_id uuid not null,
  sale_time timestamptz not null,
  currency text not null,
  -- All of it that could be credited, credited or not.
  revenue_minor bigint not null,
  -- Who holds most of its credit; null when nobody holds any. Built-in channels count as nobody.
  campaign_id uuid,
  -- The person's first order under the version, and the first that a campaign holds credit of.
  is_first boolean not null,
  is_acquiring boolean not null,
  constraint customer_orders_pk primary key (person_id, model_version_id, order_id)
);
create index customer_orders_by_order on customer_orders (order_id);
create index customer_orders_first on customer_orders (model_version_id, sale_time) where is_first;
create index customer_orders_acquiring on customer_orders (model_version_id, sale_time) where is_acquiring;

-- By UTC day. Edges of a range that lie within a day are summed from customer_orders.
create table acquisition_rollups (
  model_version_id uuid not null,
  currency text not null,
  bucket timestamptz not null,
  campaign_id uuid not null,
  -- Customers acquired on that day, and all that they have bought to date.
  customers bigint not null,
  orders bigint not null,
  revenue_minor bigint not null,
  -- Customers' first orders on that day of which it holds credit, and that credit.
  new_orders bigint not null,
  new_revenue_minor bigint not null,
  constraint acquisition_rollups_pk primary key (model_version_id, currency, bucket, campaign_id)
);
