import type { Database } from '../../database/index.ts';
import { notFound } from '../../vocabulary/errors.ts';
import { type UserView, userColumns, userView } from './user.ts';

/** All users, disabled ones too, by address. They are few: somebody makes each by hand. */
export async function readUsers(db: Database): Promise<UserView[]> {
  const rows = await db.selectFrom('users').select(userColumns).orderBy('email').execute();
  return rows.map(userView);
}

/** @throws not_found */
export async function readUser(db: Database, id: string): Promise<UserView> {
  const row = await db.selectFrom('users').select(userColumns).where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw notFound('user', id);
  return userView(row);
}

/** Whether the first admin is still to be made. */
export async function isSetupRequired(db: Database): Promise<boolean> {
  return (await db.selectFrom('users').select('id').limit(1).executeTakeFirst()) === undefined;
}
