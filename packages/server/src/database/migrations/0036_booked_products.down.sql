alter table credit_entries drop column product_id;
delete from credit_rollups where basis = 'posted' and subject_kind in ('campaign_product', 'tree_product');
