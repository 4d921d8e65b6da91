import { sql } from 'kysely';
import { type Database, inTransaction } from '../../database/index.ts';
import { conflict, TouchstoneError } from '../../vocabulary/errors.ts';
import type { Actor } from '../../vocabulary/permission.ts';
import { permissionsOf, type Role } from '../permissions.ts';

/**
 * Changes of users take turns, so that the first admin is made once, and two admins who disable each other at once
 * do not both succeed.
 *
 * @throws conflict when nobody would be left who can let others in
 */
export async function changeUsers<Result>(
  db: Database,
  change: (tx: Database) => Promise<Result>,
): Promise<Result> {
  return inTransaction(db, async (tx) => {
    await sql`lock table users in share row exclusive mode`.execute(tx);
    const had = await hasAdmin(tx);
    const result = await change(tx);
    if (had && !(await hasAdmin(tx))) {
      throw conflict('This is the last admin who can sign in. Make another one first.');
    }
    return result;
  });
}

/** @throws forbidden when the role, present or to be, may do what the actor may not: nobody lifts themselves up */
export function refuseMoreThanOwn(actor: Actor, role: Role): void {
  const lacking = [...permissionsOf(role)].filter((permission) => !actor.permissions.has(permission));
  if (lacking.length > 0) {
    throw new TouchstoneError(
      'forbidden',
      `A user of the role ${role} can be changed only by who may do as much; you lack ${lacking.join(', ')}.`,
    );
  }
}

async function hasAdmin(tx: Database): Promise<boolean> {
  const admin = await tx
    .selectFrom('users')
    .select('id')
    .where('role', '=', 'admin')
    .where('disabled_at', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return admin !== undefined;
}
