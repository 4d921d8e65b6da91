import { readFile } from 'node:fs/promises';
import type { Pool } from 'pg';
import { pino } from 'pino';
import type { Database } from '../packages/server/src/database/index.ts';
import { drainQueue, startBackfill } from '../packages/server/src/jobs/index.ts';
import { settableClock } from '../packages/server/src/vocabulary/clock.ts';
import { watchMemory } from './watch-memory.ts';

/** The statuses that carry credit, as an installation has them by default. */
export const countableStatuses = ['confirmed', 'processing', 'delivered', 'completed'];

export type BackfillMeasurement = {
  lines: number;
  entries: number;
  rollupRows: number;
  backfillSeconds: number;
  floorSeconds: number;
  /** Lines per second of the backfill, as a share of the floor's. */
  ratio: number;
  /** Resident memory of the app in megabytes: when a tenth was done, and the most after that. */
  memoryEarly: number;
  memoryPeak: number;
};

/**
 * Backfills all orders through the job that does it in life, and does the same with one statement of SQL on copies of
 * the tables. Fails when the two do not agree on every sum.
 */
export async function measureBackfill(
  { db, pool }: { db: Database; pool: Pool },
  say: (line: string) => void,
): Promise<BackfillMeasurement> {
  const now = new Date('2026-01-01T00:00:00Z');
  const clock = settableClock(now);
  const floorSeconds = await measureFloor(pool, now);
  say(`floor: ${floorSeconds.toFixed(1)} s`);

  await startBackfill(db, { from: null, to: null, dry_run: false }, { actor: 'bench', now });
  await pool.query('checkpoint');
  const memory = watchMemory();
  const started = performance.now();
  await drainQueue({ db, pool, clock, log: pino({ level: 'warn' }), attributionEnabled: true });
  const backfillSeconds = (performance.now() - started) / 1000;
  const { early, peak } = memory.stop();
  say(`backfill: ${backfillSeconds.toFixed(1)} s`);

  await refuseDisagreement(pool);
  const { rows } = await pool.query<{ lines: number; entries: number; rollup_rows: number }>(
    `select (select count(*)::int from order_lines) as lines, (select count(*)::int from credit_entries) as entries,
            (select count(*)::int from credit_rollups) as rollup_rows`,
  );
  const { lines, entries, rollup_rows: rollupRows } = rows[0]!;
  await pool.query('drop table floor_entries, floor_rollups');
  return {
    lines,
    entries,
    rollupRows,
    backfillSeconds,
    floorSeconds,
    ratio: floorSeconds / backfillSeconds,
    memoryEarly: early,
    memoryPeak: peak,
  };
}

async function measureFloor(pool: Pool, now: Date): Promise<number> {
  await pool.query('drop table if exists floor_entries, floor_rollups');
  await pool.query('create table floor_entries (like credit_entries including all)');
  await pool.query('create table floor_rollups (like credit_rollups including all)');
  const statement = await readFile(new URL('./floor/credit-floor.sql', import.meta.url), 'utf8');
  await pool.query('checkpoint');
  const started = performance.now();
  await pool.query(statement, [now, countableStatuses]);
  return (performance.now() - started) / 1000;
}

/** Both must have come to the same: each sum of the ledger, and each row of the rollups that is not nothing. */
async function refuseDisagreement(pool: Pool): Promise<void> {
  const sums = (table: string) => `
    select order_id, line_no, campaign_id, model_version_id, currency, sale_time, matched_count,
           sum(quantity_e4), sum(revenue_minor), sum(profit_minor)
      from ${table} group by 1, 2, 3, 4, 5, 6, 7`;
  const rollups = (table: string) => `
    select * from ${table}
     where (units_e4, revenue_minor, profit_minor, known_cost_revenue_minor, orders, lines, order_share_e9)
           <> (0, 0, 0, 0, 0, 0, 0)`;
  for (const [what, ours, floor] of [
    ['sums of the ledger', sums('credit_entries'), sums('floor_entries')],
    ['rows of the rollups', rollups('credit_rollups'), rollups('floor_rollups')],
  ] as const) {
    const { rows } = await pool.query<{ ours: number; floor: number }>(
      `select (select count(*)::int from (${ours} except ${floor}) a) as ours,
              (select count(*)::int from (${floor} except ${ours}) b) as floor`,
    );
    const { ours: onlyOurs, floor: onlyFloor } = rows[0]!;
    if (onlyOurs + onlyFloor > 0) {
      throw new Error(`The floor disagrees: ${onlyOurs} ${what} are ours alone, ${onlyFloor} the floor's.`);
    }
  }
}
