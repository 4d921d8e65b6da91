import { type Database, isUniqueViolation } from '../../database/index.ts';
import type { Clock } from '../../vocabulary/clock.ts';
import { conflict } from '../../vocabulary/errors.ts';
import { mintId } from '../../vocabulary/ids.ts';
import type { Actor } from '../../vocabulary/permission.ts';
import { hashPassword } from '../passwords/hash-password.ts';
import { makePassword } from '../passwords/make-password.ts';
import { refuseWeakPassword } from '../passwords/refuse-weak-password.ts';
import type { Role } from '../permissions.ts';
import { scopeOfRole } from '../scope-of-role.ts';
import { writeAudit } from '../write-audit.ts';
import { changeUsers, refuseMoreThanOwn } from './change-users.ts';
import { emailAsKept, type UserView, userView } from './user.ts';

export type NewUser = {
  email: string;
  name: string;
  role: Role;
  /** Made and returned when absent. */
  password?: string;
  owner_scope?: string[] | null;
};

/**
 * Makes a user. `password` is returned when it was made here: it is shown this once.
 *
 * @throws invalid · conflict when the address is taken · forbidden when the user could do what its maker cannot
 */
export async function createUser(
  db: Database,
  { clock, actor }: { clock: Clock; actor: Actor },
  { role, ...given }: NewUser,
): Promise<UserView & { password?: string }> {
  refuseMoreThanOwn(actor, role);
  const scope = scopeOfRole(role, given.owner_scope);
  const email = emailAsKept(given.email);
  const password = given.password ?? makePassword();
  await refuseWeakPassword('password', password, { email, name: given.name });
  const password_hash = await hashPassword(password);
  const at = clock.now();
  const user = {
    id: mintId(at),
    email,
    name: given.name,
    role,
    ...scope,
    created_at: at,
    updated_at: at,
    last_signed_in_at: null,
    disabled_at: null,
  };
  await changeUsers(db, async (tx) => {
    await tx
      .insertInto('users')
      .values({ ...user, password_hash })
      .execute()
      .catch(refuseTaken(email));
    await writeAudit(tx, {
      actor: actor.name,
      action: 'user.create',
      subject_kind: 'user',
      subject_id: user.id,
      after: { email, name: user.name, role, ...scope },
      at,
    });
  });
  return { ...userView(user), ...(given.password === undefined ? { password } : {}) };
}

/** Of an address that another user has. */
export function refuseTaken(email: string): (error: unknown) => never {
  return (error) => {
    if (!isUniqueViolation(error)) throw error;
    const message = 'belongs to another user; change that one, or take another address';
    throw conflict(`There is a user ${email} already.`, [{ path: 'email', message }]);
  };
}
