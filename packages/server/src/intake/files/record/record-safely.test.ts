import { describe, expect, it } from 'vitest';
import { freshDatabase } from '../../../../test/fresh-database.ts';
import { temporaryFiles } from '../../../../test/temporary-files.ts';
import type { Database } from '../../../database/index.ts';
import { systemClock } from '../../../vocabulary/clock.ts';
import type { SourceRecord } from '../convert/source-record.ts';
import { holdImport } from '../keep/hold-import.ts';
import { noCounts, type Progress } from '../keep/keep-progress.ts';
import { importables } from '../kinds/import-kinds.ts';
import { planImport } from '../mapping/plan-import.ts';
import { inspectFile } from '../read/inspect-file.ts';
import { recordSafely } from './record-safely.ts';

const { db } = await freshDatabase();
const file = await temporaryFiles();

/** Writes products; one without an id is refused by the database, and with it the statement. */
async function record(tx: Database, records: SourceRecord[]): Promise<Progress> {
  const now = new Date();
  const rows = records.map(({ input }) => ({
    id: input.id as string,
    source: String(input.source),
    external_id: String(input.number),
    created_at: now,
    updated_at: now,
  }));
  await tx.insertInto('products').values(rows).execute();
  return { records: records.length, counts: { ...noCounts, created: records.length }, rejections: [] };
}

async function importOf(on: Database, count: number, poisoned: number[]) {
  const files = [
    await inspectFile(await file(`p${poisoned.join('-')}.csv`, `external_id\n${poisoned.join('\n')}`)),
  ];
  const plan = planImport({ kind: 'products', schema: importables.products.schema, files, read: undefined });
  const { id } = await holdImport(on, { plan, mapping: undefined }, { actor: 'cli', clock: systemClock });
  const records = Array.from({ length: count }, (_, number): SourceRecord => {
    const row = { file: 'p.csv', line: number + 2, row: { number } };
    const uuid = poisoned.includes(number) ? null : crypto.randomUUID();
    return {
      input: { id: uuid, number, source: `of ${id}` },
      faults: [],
      originOf: () => ({ row, column: null }),
    };
  });
  const place = { id, position: 0 };
  await recordSafely(on, place, records, record, systemClock);
  const kept = await on.selectFrom('imports').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const rejected = await on
    .selectFrom('import_rejections')
    .select(['position', 'line', 'reason'])
    .where('import_id', '=', id)
    .orderBy('position')
    .execute();
  return { place, kept, rejected };
}

describe('a batch in which records cannot be recorded', () => {
  it('has them rejected alone, and the others recorded', async () => {
    const { place, kept, rejected } = await importOf(db, 20, [0, 7, 19]);
    expect(place.position).toBe(20);
    expect(kept).toMatchObject({ position: 20, created: 17, rejected: 3 });
    expect(rejected.map(({ position, line }) => [position, line])).toEqual([
      [0, 2],
      [7, 9],
      [19, 21],
    ]);
    expect(rejected[0]?.reason).toMatch(/^cannot be recorded: null value in column "id"/);
  });

  it('does not end the one transaction of a rehearsal', async () => {
    const rehearsal = await db.startTransaction().execute();
    const { kept } = await importOf(rehearsal, 5, [3]);
    expect(kept).toMatchObject({ created: 4, rejected: 1 });
    await rehearsal.rollback().execute();
  });

  it('is tried again by the next run when the database itself fails, and nothing is rejected for it', async () => {
    const gone = await db.startTransaction().execute();
    const { id } = await holdImport(
      gone,
      {
        plan: planImport({
          kind: 'products',
          schema: importables.products.schema,
          files: [await inspectFile(await file('gone.csv', 'external_id\nA'))],
          read: undefined,
        }),
        mapping: undefined,
      },
      { actor: 'cli', clock: systemClock },
    );
    const fail = async () => {
      throw Object.assign(new Error('the disk is full'), { code: '53100' });
    };
    const place = { id, position: 0 };
    const one: SourceRecord = {
      input: {},
      faults: [],
      originOf: () => ({ row: { file: '', line: 1, row: {} }, column: null }),
    };
    await expect(recordSafely(gone, place, [one], fail, systemClock)).rejects.toThrow('the disk is full');
    expect(place.position).toBe(0);
    await gone.rollback().execute();
  });
});
