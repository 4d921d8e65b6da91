import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { trackingUrl, type UtmOverrides, utmOf } from '../../campaigns/index.ts';
import type { Client, RouteContext } from '../../vocabulary/route.ts';
import { trackVisit } from '../visits/live/track-visit.ts';

/** Where a short link leads; `counted` says whether its click is kept for good by now. */
export type Followed = { location: string; counted: boolean };

/** Longer than a commit takes, shorter than anybody notices. */
const longestWaitMs = 20;

/**
 * Records the click on a short link and says where it leads: to the landing page of the campaign, whatever its status,
 * and nowhere else. The session the click was recorded for goes along, so that the tracker there can take the click over
 * into its own.
 *
 * @returns undefined where no campaign has the code, or it has no landing page
 */
export async function followLink(
  context: Pick<RouteContext, 'db' | 'settings' | 'clock'>,
  { code, overrides, referrer }: { code: string; overrides: UtmOverrides; referrer: string | undefined },
  client: Client,
): Promise<Followed | undefined> {
  const destination = await destinationOf(context, code, overrides);
  if (destination === undefined) return undefined;
  const session_id = randomUUID();
  const location = new URL(destination);
  location.searchParams.set(sessionParameter, session_id);
  const visit = { session_id, tracking_code: code, landing_page: destination, referrer };
  const recorded = trackVisit(context, visit, client, 'link').then(
    () => true,
    () => false,
  );
  const counted = await Promise.race([recorded, wait(longestWaitMs, false)]);
  return { location: location.href, counted };
}

/** Where a short link leads, without anybody having followed it. */
export async function destinationOf(
  { db }: Pick<RouteContext, 'db'>,
  code: string,
  overrides: UtmOverrides,
): Promise<string | undefined> {
  const campaign = await db
    .selectFrom('campaigns')
    .selectAll()
    .where(sql<boolean>`lower(tracking_code) = ${code.toLowerCase()}`)
    .where('channel', 'is', null)
    .executeTakeFirst();
  return campaign === undefined
    ? undefined
    : (trackingUrl(campaign, utmOf(campaign, overrides)) ?? undefined);
}

/** By which the tracker on the landing page names the click that led there. */
const sessionParameter = 'ts_session';
