drop table acquisition_rollups;
drop table customer_orders;
