import type { Database } from '../../database/index.ts';
import type { Clock } from '../../vocabulary/clock.ts';
import { notFound } from '../../vocabulary/errors.ts';
import type { Actor } from '../../vocabulary/permission.ts';
import { hashPassword } from '../passwords/hash-password.ts';
import { refuseWeakPassword } from '../passwords/refuse-weak-password.ts';
import type { Role } from '../permissions.ts';
import { scopeOfRole } from '../scope-of-role.ts';
import { endSessions } from '../sessions/end-sessions.ts';
import { writeAudit } from '../write-audit.ts';
import { changeUsers, refuseMoreThanOwn } from './change-users.ts';
import { refuseTaken } from './create-user.ts';
import { readUser } from './read-users.ts';
import { emailAsKept, type UserView, userColumns, userView } from './user.ts';

export type UserChange = {
  email?: string;
  name?: string;
  role?: Role;
  owner_scope?: string[] | null;
  /** A new one, set by somebody else: it ends every session of the user. */
  password?: string;
  /** A disabled user cannot sign in, and every session ends. */
  disabled?: boolean;
};

/**
 * Changes a user. What is absent stays; a change that changes nothing leaves no trace.
 *
 * @throws not_found · invalid · conflict for an address that is taken, and for the last admin · forbidden
 */
export async function updateUser(
  db: Database,
  { clock, actor }: { clock: Clock; actor: Actor },
  id: string,
  change: UserChange,
): Promise<UserView> {
  const at = clock.now();
  const newHash = change.password === undefined ? undefined : await hashOf(db, id, change, change.password);
  return changeUsers(db, async (tx) => {
    const held = await tx.selectFrom('users').select(userColumns).where('id', '=', id).executeTakeFirst();
    if (held === undefined) throw notFound('user', id);
    const before = { ...userView(held), password: 'as it was' };
    const wanted = wantedOf(before, change, at.toISOString());
    refuseMoreThanOwn(actor, before.role);
    refuseMoreThanOwn(actor, wanted.role);
    const changed = differing(before, wanted);
    if (changed.length === 0) return userView(held);

    const { password: _, disabled_at, ...columns } = wanted;
    const row = await tx
      .updateTable('users')
      .set({
        ...columns,
        disabled_at: disabled_at === null ? null : new Date(disabled_at),
        updated_at: at,
        ...(newHash !== undefined && { password_hash: newHash }),
      })
      .where('id', '=', id)
      .returning(userColumns)
      .executeTakeFirstOrThrow()
      .catch(refuseTaken(wanted.email));
    await writeAudit(tx, {
      actor: actor.name,
      action: 'user.update',
      subject_kind: 'user',
      subject_id: id,
      before: Object.fromEntries(changed.map((field) => [field, before[field]])),
      after: Object.fromEntries(changed.map((field) => [field, wanted[field]])),
      at,
    });
    if (newHash !== undefined || wanted.disabled_at !== null) await endSessions(tx, { clock, actor }, id);
    return userView(row);
  });
}

/**
 * Takes a user away who has never signed in, and disables one who has: the audit log may name them.
 *
 * @throws not_found · conflict for the last admin · forbidden
 */
export async function removeUser(
  db: Database,
  by: { clock: Clock; actor: Actor },
  id: string,
): Promise<UserView> {
  return changeUsers(db, async (tx) => {
    const user = await readUser(tx, id);
    if (user.last_signed_in_at !== null) return updateUser(tx, by, id, { disabled: true });
    refuseMoreThanOwn(by.actor, user.role);
    await endSessions(tx, by, id);
    await tx.deleteFrom('users').where('id', '=', id).execute();
    const at = by.clock.now();
    await writeAudit(tx, {
      actor: by.actor.name,
      action: 'user.delete',
      subject_kind: 'user',
      subject_id: id,
      before: { email: user.email, name: user.name, role: user.role },
      at,
    });
    return { ...user, disabled_at: user.disabled_at ?? at.toISOString() };
  });
}

type Wanted = Pick<UserView, 'email' | 'name' | 'role' | 'scope_kind' | 'owner_scope' | 'disabled_at'> & {
  password: string;
};

function wantedOf(held: UserView & { password: string }, change: UserChange, at: string): Wanted {
  const role = change.role ?? held.role;
  // A role that sees everything drops the names of the one before; any other needs names of its own kind.
  const sameRole = role === held.role;
  const names = change.owner_scope === undefined && sameRole ? held.owner_scope : change.owner_scope;
  const disabled_at = change.disabled === true ? (held.disabled_at ?? at) : null;
  return {
    email: change.email === undefined ? held.email : emailAsKept(change.email),
    name: change.name ?? held.name,
    role,
    ...scopeOfRole(role, names),
    disabled_at: change.disabled === undefined ? held.disabled_at : disabled_at,
    password: change.password === undefined ? held.password : 'another',
  };
}

function differing(held: Wanted, wanted: Wanted): (keyof Wanted)[] {
  const fields = Object.keys(wanted) as (keyof Wanted)[];
  return fields.filter((field) => JSON.stringify(held[field]) !== JSON.stringify(wanted[field]));
}

async function hashOf(db: Database, id: string, change: UserChange, password: string): Promise<string> {
  const held = await readUser(db, id);
  const { email = held.email, name = held.name } = change;
  await refuseWeakPassword('password', password, { email, name });
  return hashPassword(password);
}
