import { TouchstoneError } from '../vocabulary/errors.ts';
import type { Settings } from '../vocabulary/settings.ts';
import {
  type ConnectionTarget,
  connectDatabase,
  type DatabaseConnection,
  urlOf,
} from './connect-database.ts';
import { attachOrStartServer } from './private-server/attach-private-server.ts';
import { startPrivateServer } from './private-server/start-private-server.ts';

export type OpenDatabaseOptions = {
  log: (message: string) => void;
  maxConnections?: number;
  /**
   * `alone` (a server): the only app on the data folder, else `conflict`. `beside` (the command line): uses the private
   * server of an app that runs on the folder, and starts one only when none does.
   */
  company: 'alone' | 'beside';
};

/** `url` is for whoever needs connections of their own; it holds the password. `close` also stops what was started. */
export type OpenDatabase = DatabaseConnection & { url: string };

/**
 * Opens the database of an installation: the one at `databaseUrl` when given, else the private server in
 * `dataDirectory`. The schema is not touched.
 *
 * Throws `configuration` when it cannot be reached or is older than PostgreSQL 15.
 */
export async function openDatabase(
  settings: Pick<Settings, 'databaseUrl' | 'dataDirectory'>,
  { log, maxConnections, company }: OpenDatabaseOptions,
): Promise<OpenDatabase> {
  const given = settings.databaseUrl;
  const server = given === undefined ? await openPrivate(settings.dataDirectory, company, log) : undefined;
  const url = given ?? urlOf((server as PrivatePlace).connection);
  const connection = connectDatabase(url, { maxConnections, log });
  const close = async () => {
    await connection.close();
    await server?.stop();
  };
  try {
    await refuseOldServer(connection);
  } catch (error) {
    await close();
    throw error;
  }
  return { ...connection, url, close };
}

type PrivatePlace = { connection: ConnectionTarget; stop(): Promise<void> };

function openPrivate(
  dataDirectory: string,
  company: OpenDatabaseOptions['company'],
  log: (message: string) => void,
): Promise<PrivatePlace> {
  const start = company === 'alone' ? startPrivateServer : attachOrStartServer;
  return start({ dataDirectory, log });
}

const oldestServer = 150_000;

async function refuseOldServer({ pool }: DatabaseConnection): Promise<void> {
  const { rows } = await pool
    .query<{ version: string; number: number }>(
      "SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number",
    )
    .catch((error: Error) => {
      // The URL itself is not repeated: it holds a password.
      throw new TouchstoneError(
        'configuration',
        `The database cannot be reached: ${error.message || 'no answer'}. Check DATABASE_URL, and that the server runs and accepts it.`,
      );
    });
  const [server] = rows;
  if (server !== undefined && server.number >= oldestServer) return;
  throw new TouchstoneError(
    'configuration',
    `The database is PostgreSQL ${server?.version}; Touchstone needs 15 or newer.`,
  );
}
