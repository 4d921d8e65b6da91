drop table backfills, credit_rollups, order_settlements, credit_entries, refund_lines, refunds, order_lines, orders, customers,
  attribution_models, campaign_spend, campaign_targets, campaign_running_periods, campaigns, product_batches,
  product_costs, products, idempotency_keys, audit_log, api_keys;
drop function refuse_ledger_change();
drop function refuse_model_change();
