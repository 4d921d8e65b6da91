import type { Logger } from 'pino';
import type { Database } from '../database/index.ts';
import type { Clock } from '../vocabulary/clock.ts';

/** What a job is given besides its payload. */
export type JobContext = { db: Database; clock: Clock; log: Pick<Logger, 'info' | 'warn' | 'error'> };

/** Where a job stands: the failure of its last attempt is recorded where people look. */
export type Attempt = { last: boolean; priority: number };
