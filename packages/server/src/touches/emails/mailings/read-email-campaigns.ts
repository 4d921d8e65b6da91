import { sql } from 'kysely';
import { z } from 'zod';
import { refuseUnseen, seenCampaignIds } from '../../../campaigns/index.ts';
import type { Database } from '../../../database/index.ts';
import { decodeCursor, encodeCursor } from '../../../vocabulary/cursor.ts';
import { notFound } from '../../../vocabulary/errors.ts';
import { timestampField } from '../../../vocabulary/fields.ts';
import type { Scope } from '../../../vocabulary/permission.ts';
import type { RouteContext } from '../../../vocabulary/route.ts';
import { type EmailCampaignData, sendCounts } from './email-campaign-fields.ts';

type Reading = Pick<RouteContext, 'db' | 'actor'>;

/** @throws not_found, also where its campaign is not in the scope of who asks */
export async function readEmailCampaign({ db, actor }: Reading, id: string): Promise<EmailCampaignData> {
  const row = await seen(db, actor.scope).where('mailing.id', '=', id).executeTakeFirst();
  if (row === undefined) throw notFound('email campaign', id);
  return show(row);
}

const cursorKey = z.tuple([timestampField, z.uuid()]);

/**
 * The email campaigns of a campaign, in the order they were created, a page at a time.
 * @throws not_found for a campaign that is not there, or not theirs
 */
export async function listEmailCampaigns(
  { db, actor }: Reading,
  campaignId: string,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<{ email_campaigns: EmailCampaignData[]; next_cursor: string | null }> {
  await refuseUnseen(db, actor.scope, campaignId);
  let query = seen(db, actor.scope).where('mailing.campaign_id', '=', campaignId);
  if (cursor !== undefined) {
    const [at, id] = decodeCursor('email-campaigns', cursorKey, cursor);
    query = query.where(sql<boolean>`(mailing.created_at, mailing.id) > (${at}, ${id}::uuid)`);
  }
  const rows = await query
    .orderBy('mailing.created_at')
    .orderBy('mailing.id')
    .limit(limit + 1)
    .execute();
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return {
    email_campaigns: page.map(show),
    next_cursor: hasMore ? encodeCursor('email-campaigns', [last.created_at.toISOString(), last.id]) : null,
  };
}

const sums = sql.join(
  Object.keys(sendCounts).map((name) => sql`coalesce(sum(${sql.ref(name)}), 0)::int as ${sql.ref(name)}`),
);

function seen(db: Database, scope: Scope) {
  return db
    .selectFrom('email_campaigns as mailing')
    .innerJoinLateral(
      sql<Record<keyof typeof sendCounts, number>>`(
        select ${sums} from email_rollups where email_campaign_id = mailing.id and grain = 'day')`.as(
        'counted',
      ),
      (join) => join.onTrue(),
    )
    .selectAll('mailing')
    .selectAll('counted')
    .where(sql<boolean>`mailing.campaign_id = any(array${seenCampaignIds(scope)})`);
}

type Row = Omit<EmailCampaignData, 'sent_at' | 'created_at' | 'updated_at'> & {
  sent_at: Date | null;
  created_at: Date;
  updated_at: Date;
};

function show(row: Row): EmailCampaignData {
  return {
    ...row,
    sent_at: row.sent_at?.toISOString() ?? null,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}
