drop table webhook_deliveries, email_rollups, email_events, email_sends, email_campaigns, partner_names, partners;
