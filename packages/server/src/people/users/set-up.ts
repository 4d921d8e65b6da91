import type { Database } from '../../database/index.ts';
import type { Clock } from '../../vocabulary/clock.ts';
import { conflict } from '../../vocabulary/errors.ts';
import { everything } from '../../vocabulary/permission.ts';
import type { Client } from '../../vocabulary/route.ts';
import { permissionsOf } from '../permissions.ts';
import { type StartedSession, startSession } from '../sessions/start-session.ts';
import { changeUsers } from './change-users.ts';
import { createUser } from './create-user.ts';
import { isSetupRequired } from './read-users.ts';
import { emailAsKept } from './user.ts';

/**
 * Makes the first user, an admin, and signs them in. Possible while there is no user, once, however many try at once.
 *
 * @throws invalid · conflict when there is a user already
 */
export async function setUp(
  db: Database,
  { clock, client }: { clock: Clock; client?: Client },
  given: { email: string; name: string; password: string },
): Promise<StartedSession & { user_id: string }> {
  // Asked before too, so that nobody can make the server hash for nothing.
  if (!(await isSetupRequired(db))) throw alreadySetUp();
  return changeUsers(db, async (tx) => {
    if (!(await isSetupRequired(tx))) throw alreadySetUp();
    const actor = {
      name: `user:${emailAsKept(given.email)}`,
      permissions: permissionsOf('admin'),
      scope: everything,
    };
    const user = await createUser(tx, { clock, actor }, { ...given, role: 'admin' });
    const session = await startSession(tx, user.id, client, clock.now());
    return { ...session, user_id: user.id };
  });
}

function alreadySetUp() {
  return conflict('This installation has its first user already. Sign in, or ask an admin for an account.');
}
