import { sql } from 'kysely';
import type { Database } from '../database/index.ts';
import type { Touch } from '../vocabulary/credit.ts';
import type { PathTouch } from './gather-paths.ts';

/** The campaigns in their order of precedence, and touches with the campaign of their channel. */
export type Precedence = { campaignIds: string[]; withChannel: (touch: PathTouch) => Touch };

/** Puts campaigns in order: created first, then smaller id. Built-in channels, there from the beginning, come first. */
export async function readPrecedence(
  db: Database,
  campaignIds: (string | null | undefined)[],
): Promise<Precedence> {
  const ids = [...new Set(campaignIds.filter((id) => id != null))];
  const rows = await db
    .selectFrom('campaigns')
    .select(['id', 'channel'])
    .where((each) =>
      each.or([each('channel', 'is not', null), each('id', '=', sql<string>`any(${ids}::uuid[])`)]),
    )
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  const channels = new Map(rows.map(({ id, channel }) => [channel, id]));
  return {
    campaignIds: rows.map(({ id }) => id),
    withChannel: (touch) => ({ ...touch, channel_campaign_id: channels.get(touch.channel)! }),
  };
}
