import { sql } from 'kysely';
import { type Database, inTransaction, sqlstate } from '../../../database/index.ts';
import type { Clock } from '../../../vocabulary/clock.ts';
import { TouchstoneError } from '../../../vocabulary/errors.ts';
import type { SourceRecord } from '../convert/source-record.ts';
import type { Place } from '../keep/hold-import.ts';
import { keepProgress, type Progress } from '../keep/keep-progress.ts';
import { refusedRecord } from './record-batch.ts';

/**
 * Records a batch, keeps how far the import came, both or neither, and moves `place` on. When something in it is refused as a whole, halves
 * are tried, until what is at fault is rejected alone.
 */
export async function recordSafely(
  db: Database,
  place: Place,
  records: SourceRecord[],
  record: (db: Database, records: SourceRecord[]) => Promise<Progress>,
  clock: Clock,
): Promise<void> {
  try {
    await inStep(db, async (tx) => {
      await keepProgress(tx, place, await refusable(record(tx, records)), clock.now());
    });
    place.position += records.length;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const [first] = records;
    if (records.length === 1) {
      const refused = refusedRecord(first!, error.message);
      await inStep(db, (tx) => keepProgress(tx, place, refused, clock.now()));
      place.position += 1;
      return;
    }
    const half = Math.ceil(records.length / 2);
    await recordSafely(db, place, records.slice(0, half), record, clock);
    await recordSafely(db, place, records.slice(half), record, clock);
  }
}

/** What was sent cannot be recorded, however often it is tried. */
class Refused extends Error {}

async function refusable<T>(recording: Promise<T>): Promise<T> {
  try {
    return await recording;
  } catch (error) {
    // Classes 22 and 23: data that does not fit, or that contradicts what is there.
    const isRefused =
      error instanceof TouchstoneError
        ? ['invalid', 'not_found', 'conflict'].includes(error.code)
        : /^2[23]/.test(sqlstate(error) ?? '');
    throw isRefused
      ? new Refused(`cannot be recorded: ${(error as Error).message}`, { cause: error })
      : error;
  }
}

// A rehearsal is one transaction, which must live on when a batch fails.
async function inStep(db: Database, work: (tx: Database) => Promise<void>): Promise<void> {
  if (!db.isTransaction) return inTransaction(db, work);
  await sql`savepoint batch`.execute(db);
  try {
    await work(db);
    await sql`release savepoint batch`.execute(db);
  } catch (error) {
    await sql`rollback to savepoint batch`.execute(db);
    throw error;
  }
}
