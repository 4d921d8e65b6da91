import { randomBytes } from 'node:crypto';
import { type Database, inTransaction } from '../database/index.ts';
import type { Clock } from '../vocabulary/clock.ts';
import { TouchstoneError } from '../vocabulary/errors.ts';
import { mintId } from '../vocabulary/ids.ts';
import type { Actor, Permission } from '../vocabulary/permission.ts';
import { hashKey } from './authenticate-key.ts';
import { permissionsOf, type Role } from './permissions.ts';
import { type KeyView, keyView } from './read-keys.ts';
import { type ScopeColumns, scopeOfKind, scopeOfRole } from './scope-of-role.ts';
import { writeAudit } from './write-audit.ts';

/** What a key may do: what a role may, or the named permissions; and whose facts it sees, all when nobody is named. */
export type KeyScope = ({ role: Role } | { permissions: Permission[]; scope_kind?: 'owner' | 'retailer' }) & {
  owner_scope?: string[];
};

/**
 * Makes an API key. `key` is shown this once: only its hash is kept.
 *
 * @throws forbidden when the key could do or see what its maker cannot · invalid
 */
export async function createKey(
  db: Database,
  { clock, actor }: { clock: Clock; actor: Actor },
  { name, ...scope }: { name: string } & KeyScope,
): Promise<KeyView & { key: string }> {
  refuseMoreThanOwn(actor, scope);
  const at = clock.now();
  const key = `tsk_${randomBytes(32).toString('base64url')}`;
  const row = {
    id: mintId(at),
    name,
    prefix: key.slice(0, shownLength),
    role: 'role' in scope ? scope.role : null,
    permissions: 'role' in scope ? null : [...new Set(scope.permissions)].sort(),
    created_at: at,
    last_used_at: null,
    revoked_at: null,
    ...scopeOf(scope),
  };
  await inTransaction(db, async (tx) => {
    await tx
      .insertInto('api_keys')
      .values({ ...row, key_hash: hashKey(key) })
      .execute();
    await writeAudit(tx, {
      actor: actor.name,
      action: 'api_key.create',
      subject_kind: 'api_key',
      subject_id: row.id,
      after: {
        name,
        prefix: row.prefix,
        role: row.role,
        permissions: row.permissions,
        scope_kind: row.scope_kind,
        owner_scope: row.owner_scope,
      },
      at,
    });
  });
  return { ...keyView(row), key };
}

// Enough to recognise a key by, and 47 of its 51 random letters short of using it.
const shownLength = 'tsk_'.length + 6;

function scopeOf(scope: KeyScope): ScopeColumns {
  const { owner_scope } = scope;
  return 'role' in scope ? scopeOfRole(scope.role, owner_scope) : scopeOfKind(scope.scope_kind, owner_scope);
}

function refuseMoreThanOwn(actor: Actor, scope: KeyScope): void {
  if (actor.scope.kind !== 'all') {
    throw new TouchstoneError('forbidden', 'Who sees only what is their own cannot make keys.');
  }
  const wanted = 'role' in scope ? [...permissionsOf(scope.role)] : scope.permissions;
  const lacking = wanted.filter((permission) => !actor.permissions.has(permission));
  if (lacking.length > 0) {
    throw new TouchstoneError(
      'forbidden',
      `A key cannot be given what its maker lacks: ${lacking.join(', ')}.`,
    );
  }
}
