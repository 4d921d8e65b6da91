import { sql } from 'kysely';
import { noPartner } from './sum-sends.ts';

/** What `email_rollups` must hold, counted anew from the sends: a row for each of its own. */
export const expectedRollups = sql`
  select email_campaign_id, grain, date_bin(width, sent_at, '2000-01-01Z') as bucket,
         coalesce(partner_id, ${sql.lit(noPartner)}::uuid) as partner_id, count(*) as sent,
         count(*) filter (where status not in ('sent', 'bounced', 'failed')) as delivered,
         count(opened_at) as opened, count(clicked_at) as clicked,
         count(*) filter (where machine_opened_at is not null and opened_at is null) as machine_opened,
         count(*) filter (where machine_clicked_at is not null and clicked_at is null) as machine_clicked,
         count(*) filter (where status = 'bounced') as bounced,
         count(*) filter (where status = 'failed') as failed,
         count(complained_at) as complained, count(unsubscribed_at) as unsubscribed
    from email_sends
   cross join (values ('day', interval '1 day'), ('quarter', interval '15 minutes')) as grains (grain, width)
   group by 1, 2, 3, 4`;

/** What `email_activity` must hold, counted anew from the sends. */
export const expectedActivity = sql`
  select email_campaign_id, date_bin('15 minutes', happened_at, '2000-01-01Z') as bucket,
         count(*) filter (where what = 'sent') as sent, count(*) filter (where what = 'delivered') as delivered,
         count(*) filter (where what = 'opened') as opened, count(*) filter (where what = 'clicked') as clicked,
         count(*) filter (where what = 'bounced') as bounced,
         count(*) filter (where what = 'unsubscribed') as unsubscribed
    from email_sends
   cross join lateral (values
     ('sent', sent_at),
     ('delivered', case when status not in ('sent', 'bounced', 'failed') then delivered_at end),
     ('opened', opened_at),
     ('clicked', clicked_at),
     ('bounced', case when status = 'bounced' then bounced_at end),
     ('unsubscribed', unsubscribed_at)) as activity (what, happened_at)
   where happened_at is not null
   group by 1, 2`;
