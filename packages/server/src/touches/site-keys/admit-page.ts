import type { Database } from '../../database/index.ts';
import { TouchstoneError } from '../../vocabulary/errors.ts';
import type { RouteContext } from '../../vocabulary/route.ts';

/**
 * Lets a page's request in: by a site key, or by the origin of the page where it is listed.
 *
 * @throws unauthenticated, saying what to do
 */
export async function admitPage(
  { db, settings, client, clock }: Pick<RouteContext, 'db' | 'settings' | 'client' | 'clock'>,
  keyInInput: string | undefined,
): Promise<void> {
  const key = client?.siteKey ?? keyInInput;
  if (key !== undefined) {
    if (key === settings.siteKey || (await isHeld(db, key, clock.now()))) return;
    throw new TouchstoneError('unauthenticated', `There is no site key ${key}, or it was revoked. ${remedy}`);
  }
  if (client?.origin !== undefined && settings.corsOrigins.includes(client.origin)) return;
  throw new TouchstoneError('unauthenticated', `This needs a site key. ${remedy}`);
}

const remedy =
  'Make one in the product (POST /api/v1/site-keys, or the tracking page) and send it as X-Site-Key, or as "key" in the body or query; or list the origin of the page in TOUCHSTONE_CORS_ORIGINS.';

type Known = { keys: Set<string>; readAt: number };

const known = new Map<Database, Known>();
const trustedForMs = 10_000;

/** Keys change seldom; one that another process revoked is taken for ten seconds more. */
async function isHeld(db: Database, key: string, now: Date): Promise<boolean> {
  const before = known.get(db);
  const isFresh = before !== undefined && Math.abs(now.getTime() - before.readAt) < trustedForMs;
  if (isFresh && before.keys.has(key)) return true;
  const rows = await db.selectFrom('site_keys').select('key').where('revoked_at', 'is', null).execute();
  const keys = new Set(rows.map((row) => row.key));
  known.set(db, { keys, readAt: now.getTime() });
  return keys.has(key);
}

/** After a change of the keys, the next page makes them be read again. */
export function forgetSiteKeys(): void {
  known.clear();
}
