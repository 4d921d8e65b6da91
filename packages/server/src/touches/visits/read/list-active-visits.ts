import { sql } from 'kysely';
import { z } from 'zod';
import { inSnapshot } from '../../../database/index.ts';
import { minutesLater } from '../../../vocabulary/period.ts';
import type { RouteContext } from '../../../vocabulary/route.ts';
import { readCampaignTree, readSeenIds } from './campaign-tree.ts';
import { foldVisits, openingColumns, type ShownVisit, showVisits } from './show-visits.ts';

export const activeFilterFields = z.object({
  minutes: z.coerce.number().int().min(1).max(60).default(5),
  include_children: z.enum(['true', 'false']).default('false'),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

/** Of how many sessions it looks; with more of them at once nobody reads the list. */
const mostSessions = 5000;

/**
 * The visits that are alive and were seen in the last minutes, the latest activity first, and how many there are: of
 * one campaign, or of all who ask may see, with the arrivals without a campaign for who sees the whole shop.
 *
 * @throws not_found
 */
export async function listActiveVisits(
  { db, actor, settings, clock }: Pick<RouteContext, 'db' | 'actor' | 'settings' | 'clock'>,
  campaignId: string | undefined,
  { minutes, include_children, limit }: z.output<typeof activeFilterFields>,
): Promise<{ visits: ShownVisit[]; count: number; since: string }> {
  const now = clock.now();
  const since = minutesLater(now, -minutes);
  return inSnapshot(db, async (tx) => {
    const { scope } = actor;
    const ids =
      campaignId === undefined
        ? await readSeenIds(tx, scope)
        : await readCampaignTree(tx, scope, campaignId, include_children === 'true');
    const { rows } = await sql<{ session_id: string }>`
      select distinct session_id from (
        select session_id from clicks where clicked_at > ${since} and clicked_at <= ${now} and excluded is null
        union all
        select session_id from session_activities where active_at > ${since} and active_at <= ${now}
      ) seen limit ${mostSessions}`.execute(tx);
    const visits = await foldVisits(
      tx,
      rows.map(({ session_id }) => session_id),
      settings.visitWindowDays,
    );
    const active = [...visits.values()]
      .filter(
        ({ campaign_id, last_activity_at, expires_at }) =>
          (ids === undefined || ids.includes(campaign_id ?? '')) &&
          last_activity_at > since &&
          expires_at > now,
      )
      .sort((a, b) => b.last_activity_at.getTime() - a.last_activity_at.getTime());
    const shown = active.slice(0, limit).map(({ visit_id }) => visit_id);
    const opening = await tx
      .selectFrom('clicks')
      .select(openingColumns)
      .where('session_id', '=', sql<string>`any(${rows.map(({ session_id }) => session_id)}::text[])`)
      .where('id', '=', sql<string>`any(${shown}::uuid[])`)
      .execute();
    const byId = new Map(opening.map((click) => [click.id, click]));
    return {
      visits: await showVisits(
        tx,
        shown.flatMap((id) => byId.get(id) ?? []),
        settings.visitWindowDays,
      ),
      count: active.length,
      since: since.toISOString(),
    };
  });
}
