import { type Database, inTransaction } from '../database/index.ts';
import type { Clock } from '../vocabulary/clock.ts';
import { notFound } from '../vocabulary/errors.ts';
import type { Actor } from '../vocabulary/permission.ts';
import { type KeyView, keyColumns, keyView } from './read-keys.ts';
import { writeAudit } from './write-audit.ts';

/**
 * Takes a key out of use from the next request on. Revoking again changes nothing.
 *
 * @throws not_found
 */
export async function revokeKey(
  db: Database,
  { clock, actor }: { clock: Clock; actor: Actor },
  id: string,
): Promise<KeyView> {
  const at = clock.now();
  return inTransaction(db, async (tx) => {
    const key = await tx
      .selectFrom('api_keys')
      .select(keyColumns)
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (key === undefined) throw notFound('API key', id);
    if (key.revoked_at !== null) return keyView(key);
    await tx.updateTable('api_keys').set({ revoked_at: at }).where('id', '=', id).execute();
    await writeAudit(tx, {
      actor: actor.name,
      action: 'api_key.revoke',
      subject_kind: 'api_key',
      subject_id: id,
      before: { revoked_at: null },
      after: { revoked_at: at.toISOString() },
      at,
    });
    return keyView({ ...key, revoked_at: at });
  });
}
