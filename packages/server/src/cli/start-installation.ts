import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { destination, type Logger, pino } from 'pino';
import { migrateDatabase, type OpenDatabase, openDatabase } from '../database/index.ts';
import { buildServer, builtDashboard, builtTracker, forgetOldAnswers } from '../http/index.ts';
import { routeTable } from '../http/route-table.ts';
import { fillNewVersions, fillRollups, lastTouchOf, previewReach, runWorker } from '../jobs/index.ts';
import { createFirstKey, forgetOldSessions } from '../people/index.ts';
import { forgetArrivedLinks, lookAtLatest } from '../touches/index.ts';
import { type Clock, systemClock } from '../vocabulary/clock.ts';
import { TouchstoneError } from '../vocabulary/errors.ts';
import type { Settings } from '../vocabulary/settings.ts';

export type Installation = {
  /** Where it answers: `http://localhost:4000`. */
  address: string;
  /** Made now, since there was none and none is configured; shown this once. */
  firstKey: string | undefined;
  database: OpenDatabase;
  /** Takes nothing new, finishes what is under way, closes the database. */
  stop(): Promise<void>;
};

export type StartOptions = {
  clock?: Clock;
  log?: Logger;
  /** What is to be done with the migrated database before anybody is served. */
  prepare?: (database: OpenDatabase) => Promise<void>;
};

/** The place where the rooms are put together: opens the database, brings it up to date, serves and works. */
export async function startInstallation(
  settings: Settings,
  { clock = systemClock, log = logTo(settings), prepare }: StartOptions = {},
): Promise<Installation> {
  const database = await openDatabase(settings, { log: (message) => log.info(message), company: 'alone' });
  const started: (() => Promise<void>)[] = [database.close];
  const stop = async () => {
    for (const end of started.splice(0).reverse()) await end();
  };
  try {
    const { db, pool } = database;
    await migrateDatabase(pool, { log: (message) => log.info(message) });
    await fillNewVersions(db, settings, clock.now());
    await fillRollups(db);
    await lookAtLatest(db, clock.now(), { window_days: settings.visitWindowDays, priority: 0 });
    await prepare?.(database);
    const firstKey = settings.adminKey === undefined ? await createFirstKey(db, clock) : undefined;

    const { attributionEnabled } = settings;
    const worker = await runWorker({ db, pool, clock, log, settings, attributionEnabled });
    started.push(worker.stop, tidyHourly(database, clock, log));

    const server = await buildServer({
      db,
      clock,
      settings,
      log,
      routes: routeTable,
      previewReach: previewReach(db),
      lastTouchOf: lastTouchOf(settings),
      dashboard: builtDashboard,
      tracker: builtTracker,
    });
    started.push(() => server.close());
    const address = await listen(server, settings);
    return { address, firstKey, database, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Log lines go to standard error: standard output is for answers. */
function logTo({ logLevel }: Settings): Logger {
  return pino({ level: logLevel, base: undefined, timestamp: pino.stdTimeFunctions.isoTime }, destination(2));
}

async function listen(server: FastifyInstance, { port, host }: Settings): Promise<string> {
  // Of a name with two addresses Fastify closes the second without finishing what is under way there.
  const address = host === 'localhost' ? '127.0.0.1' : host;
  await server.listen({ port, host: address }).catch((error: Error & { code?: string }) => {
    throw error.code === undefined
      ? error
      : new TouchstoneError('configuration', refusedToListen(error.code));
  });
  const taken = (server.server.address() as AddressInfo).port;
  const isEverywhere = ['0.0.0.0', '::'].includes(host);
  return `http://${isEverywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${taken}`;

  function refusedToListen(code: string): string {
    switch (code) {
      case 'EADDRINUSE':
        return `Port ${port} is in use by another program. Stop that one, or take another port: PORT=${port + 1}.`;
      case 'EACCES':
        return `Port ${port} may not be used by this user. Take one above 1023: PORT=4000.`;
      default:
        return `The server cannot listen at ${host}:${port} (${code}). Check HOST and PORT.`;
    }
  }
}

const hourMs = 3_600_000;

function tidyHourly({ db }: OpenDatabase, clock: Clock, log: Logger): () => Promise<void> {
  const forget = [forgetOldAnswers, forgetOldSessions, forgetArrivedLinks];
  const tidy = () =>
    Promise.all(forget.map((each) => each(db, clock.now()))).catch((error: unknown) =>
      log.warn({ err: error }, 'tidying failed'),
    );
  let last: Promise<unknown> = tidy();
  const timer = setInterval(() => {
    last = tidy();
  }, hourMs);
  return async () => {
    clearInterval(timer);
    await last;
  };
}
