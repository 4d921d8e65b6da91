import { createHash } from 'node:crypto';
import type { Database } from '../database/index.ts';
import type { Actor, Permission } from '../vocabulary/permission.ts';
import { permissionsOf, type Role } from './permissions.ts';
import { scopeIn } from './scope-of-role.ts';

/** The hash under which a key is kept. A key is 32 random bytes, so a fast hash is as safe as a slow one. */
export function hashKey(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

// Writing the last use with every request would double the writes of a busy key.
const useIsNotedEveryMs = 60_000;

/** Who holds this key; undefined when nobody does or it has been revoked. Notes the use, at most once a minute. */
export async function authenticateKey(db: Database, key: string, now: Date): Promise<Actor | undefined> {
  const held = await db
    .selectFrom('api_keys')
    .select(['id', 'role', 'permissions', 'last_used_at', 'scope_kind', 'owner_scope'])
    .where('key_hash', '=', hashKey(key))
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  if (held === undefined) return undefined;
  if (held.last_used_at === null || now.getTime() - held.last_used_at.getTime() > useIsNotedEveryMs) {
    await db.updateTable('api_keys').set({ last_used_at: now }).where('id', '=', held.id).execute();
  }
  return {
    name: `key:${held.id}`,
    permissions:
      held.role === null
        ? new Set((held.permissions ?? []) as Permission[])
        : permissionsOf(held.role as Role),
    scope: scopeIn(held),
  };
}
