drop view reporting.campaign_performance, reporting.orders, reporting.credits;
drop function reporting.decimal_amount(bigint, text);
drop schema reporting;
