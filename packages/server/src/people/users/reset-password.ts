import type { Database } from '../../database/index.ts';
import type { Clock } from '../../vocabulary/clock.ts';
import type { Actor } from '../../vocabulary/permission.ts';
import { makePassword } from '../passwords/make-password.ts';
import { updateUser } from './update-user.ts';
import type { UserView } from './user.ts';

/**
 * Gives a user a new password, to be told them and changed, and ends every session of theirs.
 *
 * @throws not_found · forbidden
 */
export async function resetPassword(
  db: Database,
  by: { clock: Clock; actor: Actor },
  id: string,
): Promise<UserView & { password: string }> {
  const password = makePassword();
  return { ...(await updateUser(db, by, id, { password })), password };
}
