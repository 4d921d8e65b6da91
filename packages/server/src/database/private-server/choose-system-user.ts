import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { TouchstoneError } from '../../vocabulary/errors.ts';

/** Whom a process of the server runs as. */
export type SystemUser = { uid: number; gid: number };

const ownName = 'touchstone';

/**
 * The unprivileged user that PostgreSQL runs as when Touchstone runs as root (PostgreSQL refuses root): the owner of the
 * folder when it has one, else the system user `touchstone`, which is created when there is none. Undefined for an
 * ordinary user, who runs the server as themself.
 *
 * Throws `configuration` when an ordinary user meets a folder of somebody else.
 */
export function chooseSystemUser(serverFolder: string): SystemUser | undefined {
  const owner = statSync(serverFolder, { throwIfNoEntry: false });
  if (process.getuid?.() === 0) {
    return owner !== undefined && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : ownUser();
  }
  if (owner !== undefined && owner.uid !== process.getuid?.()) {
    throw new TouchstoneError(
      'configuration',
      `The data folder ${serverFolder} belongs to another user (uid ${owner.uid}). Start Touchstone as that user or as root, or set TOUCHSTONE_DATA_DIR to a folder of your own.`,
    );
  }
  return undefined;
}

function ownUser(): SystemUser {
  if (lookUp(ownName) === undefined) createUser();
  // Where no user can be added (a read-only /etc), one that is there for such purposes will do.
  const user = lookUp(ownName) ?? lookUp('postgres') ?? lookUp('nobody');
  if (user !== undefined) return user;
  throw new TouchstoneError(
    'configuration',
    'PostgreSQL does not run as root, and no unprivileged user could be found or created. Start Touchstone as an ordinary user, or set DATABASE_URL.',
  );
}

function createUser(): void {
  const ways: [string, string[]][] = [
    ['useradd', ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent', ownName]],
    ['adduser', ['-S', '-D', '-H', ownName]],
  ];
  for (const [command, parameters] of ways) {
    if (run(command, parameters) !== undefined) return;
  }
}

function lookUp(name: string): SystemUser | undefined {
  const [uid, gid] = [run('id', ['-u', name]), run('id', ['-g', name])];
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}

function run(command: string, parameters: string[]): string | undefined {
  try {
    return execFileSync(command, parameters, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return undefined;
  }
}
