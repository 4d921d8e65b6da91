import { access, constants, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { TouchstoneError } from '../../vocabulary/errors.ts';

/**
 * What lies in the data folder. Everything below `server` belongs to the user that PostgreSQL runs as; the rest belongs
 * to whoever runs Touchstone, so that as root the password is out of the server's own reach.
 */
export type FolderLayout = {
  root: string;
  password: string;
  log: string;
  server: string;
  cluster: string;
  socket: string;
};

export async function layOutFolder(dataDirectory: string): Promise<FolderLayout> {
  const root = resolve(dataDirectory);
  try {
    await mkdir(root, { recursive: true, mode: 0o700 });
    await access(root, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new TouchstoneError(
      'configuration',
      `The data folder ${root} cannot be used (${error instanceof Error ? error.message : error}). Start Touchstone as the user it belongs to, or set TOUCHSTONE_DATA_DIR to a folder you may write.`,
    );
  }
  const server = join(root, 'postgres');
  return {
    root,
    password: join(root, 'postgres.password'),
    log: join(root, 'postgres.log'),
    server,
    cluster: join(server, 'data'),
    socket: join(server, 'socket'),
  };
}
