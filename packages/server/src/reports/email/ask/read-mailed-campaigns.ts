import { sql } from 'kysely';
import { effectiveStatus, type Status } from '../../../campaigns/index.ts';
import type { Database } from '../../../database/index.ts';
import { nameKeyOf } from '../../../partners/index.ts';
import type { ReportQuestion } from '../../ask/resolve-question.ts';
import { type ReportCampaign, readCampaigns } from '../../measure/read-campaigns.ts';

/**
 * The campaigns that a report of mailings is about: of those that are asked for, what somebody sees. A retailer sees
 * the campaigns that mailed it.
 *
 * @param narrowing `mailed` leaves out campaigns that have no mailing
 */
export async function readMailedCampaigns(
  db: Database,
  question: ReportQuestion,
  { mailed = false }: { mailed?: boolean | undefined },
): Promise<ReportCampaign[]> {
  const seen = await readSeenCampaigns(db, question);
  if (!mailed) return seen;
  const mailings = await db.selectFrom('email_campaigns').select('campaign_id').distinct().execute();
  const ids = new Set(mailings.map(({ campaign_id }) => campaign_id));
  return seen.filter(({ campaign_id }) => ids.has(campaign_id));
}

async function readSeenCampaigns(db: Database, question: ReportQuestion): Promise<ReportCampaign[]> {
  const { seen_by, platform, status } = question;
  if (seen_by.kind !== 'retailer') return (await readCampaigns(db, question)).asked;
  const keys = seen_by.retailers.map(nameKeyOf);
  const { rows } = await sql<ReportCampaign & { status: Status; ends_at: Date | null }>`
    select id as campaign_id, name, platform, status, ends_at, null as parent_campaign_id, tracking_code
      from campaigns
     where channel is null and id in (
       select mailing.campaign_id
         from partner_names named
         join email_rollups mailed on mailed.partner_id = named.partner_id and mailed.grain = 'day' and mailed.sent > 0
         join email_campaigns mailing on mailing.id = mailed.email_campaign_id
        where named.kind = 'retailer' and named.name_key = any(${keys}::text[]))
     order by created_at, id`.execute(db);
  return rows
    .map(({ ends_at, ...row }) => ({ ...row, status: effectiveStatus({ ...row, ends_at }, question.as_of) }))
    .filter((row) => (platform ?? row.platform) === row.platform && (status ?? row.status) === row.status);
}
