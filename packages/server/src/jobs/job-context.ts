import type { Logger } from 'pino';
import type { Database } from '../database/index.ts';
import type { Clock } from '../vocabulary/clock.ts';
import type { Settings } from '../vocabulary/settings.ts';

/** What a job is given besides its payload. */
export type JobContext = {
  db: Database;
  clock: Clock;
  log: Pick<Logger, 'info' | 'warn' | 'error'>;
  /** Without it jobs that need the configuration stay in the queue. */
  settings?: Settings;
};

/** Where a job stands: the failure of its last attempt is recorded where people look. */
export type Attempt = { last: boolean; priority: number };
