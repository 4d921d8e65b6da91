-- Spend is asked in one currency: by campaign, or by day, over a range. The index holds all of the answer.
create index campaign_spend_by_currency on campaign_spend (currency, day) include (campaign_id, amount_minor);
drop index campaign_spend_by_day;
