import type { Database } from '../../../database/index.ts';
import { groupBy } from '../../../vocabulary/group-by.ts';
import type { ImportPlan, RowSet } from '../mapping/import-plan.ts';
import { inBatches } from '../read/in-batches.ts';
import { readRows } from '../read/read-rows.ts';
import type { SourceRow } from '../read/source-row.ts';
import { findStaged, keyOf, stagedKeys } from './stage-rows.ts';

/** The files of a plan whose rows are looked up by key, and by which columns. */
export function stagedFiles({ main, sides, groupBy: keys }: ImportPlan) {
  const looked = sides.map(({ role, files, to }) => ({ role, files, keys: [to] }));
  return keys === undefined ? looked : [...looked, { ...main, keys }];
}

/**
 * The rows of each record together, in an order that is always the same, so that a number says how far one has come.
 *
 * @param skip how many records are passed over
 */
export async function* joinRows(
  db: Database,
  plan: ImportPlan,
  { skip, size }: { skip: number; size: number },
): AsyncGenerator<RowSet[]> {
  for await (const records of mainRows(db, plan, skip, size)) yield await addSides(db, plan, records);
}

async function* mainRows(
  db: Database,
  plan: ImportPlan,
  skip: number,
  size: number,
): AsyncGenerator<RowSet[]> {
  const { role, files } = plan.main;
  if (plan.groupBy === undefined) {
    for await (const rows of inBatches(after(readRows(files), skip), size)) {
      yield rows.map((main) => ({ main, of: new Map() }));
    }
    return;
  }
  for await (const keys of stagedKeys(db, role, skip, size)) {
    const byKey = groupBy(await findStaged(db, role, keys), ({ key }) => key);
    yield keys.map((key) => {
      const rows = byKey.get(key)!;
      return { main: rows[0]!, of: new Map([[role, rows]]) };
    });
  }
}

async function addSides(db: Database, { sides }: ImportPlan, records: RowSet[]): Promise<RowSet[]> {
  for (const { role, from } of sides) {
    const keys = records.map(({ main }) => keyOf(main.row, [from]));
    const byKey = groupBy<SourceRow & { key: string }, string>(
      await findStaged(db, role, [...new Set(keys)]),
      ({ key }) => key,
    );
    for (const [place, { of }] of records.entries()) of.set(role, byKey.get(keys[place]!) ?? []);
  }
  return records;
}

async function* after<T>(items: AsyncIterable<T>, skip: number): AsyncGenerator<T> {
  let passed = 0;
  for await (const item of items) {
    if (passed < skip) passed += 1;
    else yield item;
  }
}
