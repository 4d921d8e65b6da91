import type { Actor } from '../../vocabulary/permission.ts';
import { permissionsOf, type Role } from '../permissions.ts';
import { type ScopeColumns, scopeIn } from '../scope-of-role.ts';

/** A person who is signed in, as the one who acts. */
export function actorOfUser(
  user: { email: string; role: string } & ScopeColumns,
  { id, user_id }: { id: string; user_id: string },
): Actor {
  return {
    name: `user:${user.email}`,
    permissions: permissionsOf(user.role as Role),
    scope: scopeIn(user),
    session: { id, user_id },
  };
}
