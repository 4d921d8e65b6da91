import { sql } from 'kysely';
import { type Database, inTransaction } from '../database/index.ts';
import type { Clock } from '../vocabulary/clock.ts';
import { everything } from '../vocabulary/permission.ts';
import { createKey } from './create-key.ts';
import { permissionsOf } from './permissions.ts';

/** Makes an admin key when there has never been any key, so that a new installation can be entered; else undefined. */
export async function createFirstKey(db: Database, clock: Clock): Promise<string | undefined> {
  return inTransaction(db, async (tx) => {
    // Two servers that start at once on one database would each find none.
    await sql`lock table api_keys in share row exclusive mode`.execute(tx);
    const any = await tx.selectFrom('api_keys').select('id').limit(1).executeTakeFirst();
    if (any !== undefined) return undefined;
    const actor = { name: 'system', permissions: permissionsOf('admin'), scope: everything };
    const { key } = await createKey(tx, { clock, actor }, { name: 'First admin key', role: 'admin' });
    return key;
  });
}
