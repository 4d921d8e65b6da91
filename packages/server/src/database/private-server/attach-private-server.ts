import { setTimeout as wait } from 'node:timers/promises';
import type { ConnectionTarget } from '../connect-database.ts';
import { layOutFolder } from './folder-layout.ts';
import { findHolder } from './hold-folder.ts';
import { readPassword, superuser } from './initialise-cluster.ts';
import { type PrivateServer, type PrivateServerOptions, startPrivateServer } from './start-private-server.ts';

/**
 * The private server that another app of ours runs on the folder, waiting until it is ready; undefined when none does.
 */
export async function attachPrivateServer({
  dataDirectory,
  log,
}: PrivateServerOptions): Promise<ConnectionTarget | undefined> {
  const layout = await layOutFolder(dataDirectory);
  for (let polls = 0; ; polls++) {
    const holder = await findHolder(layout.root, log);
    if (holder === undefined) return undefined;
    if (holder.listens !== undefined) {
      return {
        ...holder.listens,
        user: superuser,
        password: await readPassword(layout),
        database: superuser,
      };
    }
    if (polls % 50 === 0) log(`Waiting for the PostgreSQL that process ${holder.pid} starts …`);
    await wait(100);
  }
}

/**
 * For the command line: uses the server of an app that runs on the folder, else starts one. `stop` ends only what was
 * started here.
 */
export async function attachOrStartServer(
  options: PrivateServerOptions,
): Promise<Pick<PrivateServer, 'connection' | 'stop'>> {
  const connection = await attachPrivateServer(options);
  if (connection !== undefined) return { connection, stop: async () => {} };
  try {
    return await startPrivateServer(options);
  } catch (error) {
    // Another app may have started in between; then there is something to attach to.
    const attached = await attachPrivateServer(options);
    if (attached === undefined) throw error;
    return { connection: attached, stop: async () => {} };
  }
}
