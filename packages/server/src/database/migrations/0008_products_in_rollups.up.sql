-- Rollups of what campaigns hold of each product: their subjects begin with the campaign's id and are read from the
-- first to the last of a campaign, in the order of code points whatever the database sorts by.
create index credit_rollups_of_products
  on credit_rollups (model_version_id, currency, subject_kind, subject collate "C", bucket)
  where subject_kind in ('campaign_product', 'tree_product');
