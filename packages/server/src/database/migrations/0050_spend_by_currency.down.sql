create index campaign_spend_by_day on campaign_spend (day);
drop index campaign_spend_by_currency;
