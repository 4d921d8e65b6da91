import { randomBytes } from 'node:crypto';
import { type Database, inTransaction } from '../../database/index.ts';
import { writeAudit } from '../../people/index.ts';
import { notFound } from '../../vocabulary/errors.ts';
import { mintId } from '../../vocabulary/ids.ts';
import type { RouteContext } from '../../vocabulary/route.ts';
import { forgetSiteKeys } from './admit-page.ts';

/** A public key for the pages of a shop. Times are ISO 8601. */
export type SiteKey = {
  id: string;
  key: string;
  name: string;
  created_by: string;
  created_at: string;
  revoked_at: string | null;
};

/** All site keys, revoked ones too, the newest first. They are public, and shown whenever asked for. */
export async function readSiteKeys(db: Database): Promise<SiteKey[]> {
  const rows = await db
    .selectFrom('site_keys')
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map(shown);
}

/** Makes a site key. */
export async function createSiteKey(
  { db, clock, actor }: Pick<RouteContext, 'db' | 'clock' | 'actor'>,
  name: string,
): Promise<SiteKey> {
  const at = clock.now();
  const row = {
    id: mintId(at),
    key: `tss_${randomBytes(12).toString('base64url')}`,
    name,
    created_by: actor.name,
    created_at: at,
    revoked_at: null,
  };
  await inTransaction(db, async (tx) => {
    await tx.insertInto('site_keys').values(row).execute();
    await audit(tx, row.id, { actor: actor.name, action: 'site_key.create', after: { name }, at });
  });
  forgetSiteKeys();
  return shown(row);
}

/**
 * Takes a site key out of use: pages that still send it are refused. Revoking again changes nothing.
 *
 * @throws not_found
 */
export async function revokeSiteKey(
  { db, clock, actor }: Pick<RouteContext, 'db' | 'clock' | 'actor'>,
  id: string,
): Promise<SiteKey> {
  const at = clock.now();
  const revoked = await inTransaction(db, async (tx) => {
    const held = await tx
      .selectFrom('site_keys')
      .selectAll()
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (held === undefined) throw notFound('site key', id);
    if (held.revoked_at !== null) return held;
    await tx.updateTable('site_keys').set({ revoked_at: at }).where('id', '=', id).execute();
    const after = { revoked_at: at.toISOString() };
    await audit(tx, id, { actor: actor.name, action: 'site_key.revoke', after, at });
    return { ...held, revoked_at: at };
  });
  forgetSiteKeys();
  return shown(revoked);
}

async function audit(
  tx: Database,
  subject_id: string,
  entry: { actor: string; action: string; after: Record<string, unknown>; at: Date },
): Promise<void> {
  await writeAudit(tx, { ...entry, subject_kind: 'site_key', subject_id });
}

function shown(
  row: Omit<SiteKey, 'created_at' | 'revoked_at'> & { created_at: Date; revoked_at: Date | null },
) {
  return {
    ...row,
    created_at: row.created_at.toISOString(),
    revoked_at: row.revoked_at?.toISOString() ?? null,
  };
}
