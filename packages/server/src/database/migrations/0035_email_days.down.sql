drop table email_activity;
drop index email_sends_by_partner, email_rollups_by_partner;
delete from email_rollups where grain = 'day';

create or replace view reporting.campaign_performance_summary as
with mailed as (
  select mailing.campaign_id,
         count(distinct rollup.partner_id) filter (
           where rollup.partner_id <> '00000000-0000-0000-0000-000000000000' and rollup.sent > 0) as retailers,
         sum(rollup.sent)::bigint as sent, sum(rollup.delivered)::bigint as delivered,
         sum(rollup.opened)::bigint as opened, sum(rollup.clicked)::bigint as clicked,
         sum(rollup.machine_opened)::bigint as machine_opened, sum(rollup.machine_clicked)::bigint as machine_clicked
    from email_rollups rollup
    join email_campaigns mailing on mailing.id = rollup.email_campaign_id
   group by mailing.campaign_id
), sold as (
  select campaign_id, currency, sum(revenue_minor)::bigint as revenue_minor, count(*) as sales
    from reporting.claimed_sales
   group by campaign_id, currency
), spent as (
  select campaign_id, currency, sum(amount_minor)::bigint as spend_minor
    from campaign_spend
   group by campaign_id, currency
)
select campaign.id as campaign_id, campaign.name as campaign_name, campaign.status, campaign.starts_at as start_date,
       campaign.ends_at as end_date, campaign.currency,
       reporting.decimal_amount(campaign.budget_amount_minor, campaign.currency) as budget_allocated,
       reporting.decimal_amount(coalesce(spent.spend_minor, 0), campaign.currency) as budget_spent,
       coalesce(mailed.retailers, 0) as total_retailers,
       coalesce(mailed.sent, 0) as total_emails_sent,
       coalesce(mailed.delivered, 0) as emails_delivered,
       coalesce(mailed.opened, 0) as emails_opened,
       coalesce(mailed.clicked, 0) as emails_clicked,
       coalesce(mailed.machine_opened, 0) as emails_opened_by_machines,
       coalesce(mailed.machine_clicked, 0) as emails_clicked_by_machines,
       round(mailed.delivered * 100.0 / nullif(mailed.sent, 0), 2) as delivery_rate,
       round(mailed.opened * 100.0 / nullif(mailed.delivered, 0), 2) as open_rate,
       round(mailed.clicked * 100.0 / nullif(mailed.delivered, 0), 2) as click_rate,
       coalesce(sold.sales, 0) as total_sales,
       reporting.decimal_amount(coalesce(sold.revenue_minor, 0), campaign.currency) as total_revenue,
       case when spent.spend_minor > 0
            then round((coalesce(sold.revenue_minor, 0) - spent.spend_minor) * 100.0 / spent.spend_minor, 1)
       end as roi_percentage,
       case when spent.spend_minor > 0
            then round(coalesce(sold.revenue_minor, 0) * 1.0 / spent.spend_minor, 2)
       end as roas,
       case when spent.spend_minor > 0 and coalesce(sold.revenue_minor, 0) >= 2 * spent.spend_minor then 'High ROI'
            when spent.spend_minor > 0 and 2 * coalesce(sold.revenue_minor, 0) >= 3 * spent.spend_minor then 'Good ROI'
            else 'Standard'
       end as performance_tier,
       campaign.created_at, campaign.updated_at
  from campaigns campaign
  left join mailed on mailed.campaign_id = campaign.id
  left join sold on sold.campaign_id = campaign.id and sold.currency = campaign.currency
  left join spent on spent.campaign_id = campaign.id and spent.currency = campaign.currency
 where campaign.channel is null;

alter table email_rollups drop constraint email_rollups_pk;
alter table email_rollups drop column grain;
alter table email_rollups add constraint email_rollups_pk primary key (email_campaign_id, partner_id, bucket);
