import { sql } from 'kysely';
import { keptVersions } from '../../attribution/index.ts';
import type { Database } from '../../database/index.ts';
import {
  type Basis,
  type Measures,
  measureNames,
  noMeasures,
  type RollupChanges,
  type RollupRow,
  type RollupRules,
  readSubjects,
  replayLedger,
  rowKey,
  rowsOf,
} from '../../rollups/index.ts';
import { conservingVersions } from '../settle-orders.ts';
import type { DifferenceList } from './difference.ts';

/**
 * Sums the ledger anew, a UTC day at a time so that memory stays flat, and compares each day's rows with what is
 * stored. Rows that are all zero are as good as none.
 *
 * @returns how many rows were compared
 */
export async function verifyRollups(db: Database, found: DifferenceList): Promise<number> {
  const rules: RollupRules = {
    conserving: await conservingVersions(db),
    subjectsOf: await readSubjects(db),
  };
  const kept = new Set((await keptVersions(db)).map(({ id }) => id));
  let compared = 0;
  for (const { basis, day } of await daysWithCredit(db)) {
    const window = { basis, from: day, to: new Date(day.getTime() + 86_400_000) };
    const expected = await sumDay(db, window, rules);
    const stored = await storedDay(db, window);
    const keys = new Set([...expected.keys(), ...stored.keys()]);
    for (const key of keys) {
      const row = (stored.get(key) ?? expected.get(key))!;
      if (!kept.has(row.model_version_id)) continue;
      compared += 1;
      compareRow(row, stored.get(key)?.measures, expected.get(key)?.measures, found);
    }
  }
  return compared;
}

type Window = { basis: Basis; from: Date; to: Date };

async function sumDay(db: Database, window: Window, rules: RollupRules): Promise<Map<string, RollupRow>> {
  const changes: RollupChanges = new Map();
  for await (const orderIds of ordersInWindow(db, window)) {
    await replayLedger(db, orderIds, changes, rules, window);
  }
  return new Map(rowsOf(changes).map((row) => [rowKey(row), row]));
}

async function* ordersInWindow(db: Database, { basis, from, to }: Window): AsyncGenerator<string[]> {
  const pageSize = 2_000;
  const time = sql.ref(basis === 'sale' ? 'sale_time' : 'posted_at');
  let after = '00000000-0000-0000-0000-000000000000';
  while (true) {
    const { rows } = await sql<{ order_id: string }>`
      select distinct order_id from (
        select order_id from credit_entries where ${time} >= ${from} and ${time} < ${to}
        union all
        select id from orders where ${basis === 'sale'} and ordered_at >= ${from} and ordered_at < ${to}
      ) touched
       where order_id > ${after} order by order_id limit ${pageSize}`.execute(db);
    if (rows.length === 0) return;
    yield rows.map((row) => row.order_id);
    after = rows.at(-1)!.order_id;
  }
}

async function storedDay(db: Database, { basis, from, to }: Window): Promise<Map<string, RollupRow>> {
  const rows = await db
    .selectFrom('credit_rollups')
    .selectAll()
    .where('basis', '=', basis)
    .where('bucket', '>=', from)
    .where('bucket', '<', to)
    .execute();
  return new Map(
    rows.map((stored) => {
      const measures = noMeasures();
      for (const name of measureNames) measures[name] = stored[name];
      const row = { ...stored, measures } as unknown as RollupRow;
      return [rowKey(row), row] as const;
    }),
  );
}

function compareRow(
  row: RollupRow,
  stored: Measures = noMeasures(),
  expected: Measures = noMeasures(),
  found: DifferenceList,
): void {
  const wrong = measureNames.filter((name) => stored[name] !== expected[name]);
  if (wrong.length === 0) return;
  found.add({
    kind: 'rollup',
    model_version_id: row.model_version_id,
    basis: row.basis,
    grain: row.grain,
    subject_kind: row.subject_kind,
    subject: row.subject,
    currency: row.currency,
    bucket: row.bucket.toISOString(),
    measures: Object.fromEntries(
      wrong.map((name) => [name, { stored: String(stored[name]), expected: String(expected[name]) }]),
    ),
  });
}

async function daysWithCredit(db: Database): Promise<{ basis: Basis; day: Date }[]> {
  const { rows } = await sql<{ basis: Basis; day: Date }>`
    select 'sale' as basis, date_trunc('day', sale_time, 'UTC') as day from credit_entries
    union select 'posted', date_trunc('day', posted_at, 'UTC') from credit_entries
    union select 'sale', date_trunc('day', ordered_at, 'UTC') from orders
    union select basis, date_trunc('day', bucket, 'UTC') from credit_rollups
    order by 1, 2`.execute(db);
  return rows;
}
