drop index credit_rollups_of_products;
delete from credit_rollups where subject_kind in ('campaign_product', 'tree_product');
