import { sql } from 'kysely';
import type { Database } from '../../../database/index.ts';

/** What a send was part of: the campaign of its mailing, and the retailer it went to, by name. */
export type SendOrigin = { campaign_id: string; retailer: string | null };

/** @returns the origins of sends by their ids; none for a send that is not there */
export async function readSendOrigins(db: Database, sendIds: string[]): Promise<Map<string, SendOrigin>> {
  if (sendIds.length === 0) return new Map();
  const { rows } = await sql<SendOrigin & { id: string }>`
    select send.id, mailing.campaign_id, partner.name as retailer
      from email_sends send
      join email_campaigns mailing on mailing.id = send.email_campaign_id
      left join partners partner on partner.id = send.partner_id
     where send.id = any(${[...new Set(sendIds)]}::uuid[])`.execute(db);
  return new Map(rows.map(({ id, ...origin }) => [id, origin]));
}
