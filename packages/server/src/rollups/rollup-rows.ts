import { bucketOf, type Grain } from './buckets.ts';
import { type Basis, cellOf, type RollupChanges, sumInto } from './change-rollups.ts';
import { isNothing, type Measures } from './measures.ts';
import { isOfProduct, type SubjectKind } from './subjects.ts';

/** A row of `credit_rollups`, or a signed change of one. */
export type RollupRow = {
  model_version_id: string;
  basis: Basis;
  grain: Grain;
  subject_kind: SubjectKind;
  subject: string;
  currency: string;
  bucket: Date;
  measures: Measures;
};

/**
 * The rows that changes come to, those that are not nothing: of each quarter hour, and of the days that these add up
 * to. In the order of their keys, so that writers that meet take their locks in the same order.
 */
export function rowsOf(quarters: RollupChanges): RollupRow[] {
  const keyed = [...listRows(quarters, 'quarter'), ...listRows(daysOf(quarters), 'day')].map((row) => ({
    key: rowKey(row),
    row,
  }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : 1));
  return keyed.map(({ row }) => row);
}

export function rowKey(row: Omit<RollupRow, 'measures'>): string {
  return `${row.model_version_id}|${row.basis}|${row.grain}|${row.subject_kind}|${row.currency}|${row.subject}|${row.bucket.getTime()}`;
}

function* listRows(changes: RollupChanges, grain: Grain): Generator<RollupRow> {
  for (const { model_version_id, basis, currency, bucket, bySubject } of changes.values()) {
    for (const [{ kind, subject }, measures] of bySubject) {
      if (isNothing(measures) || (grain === 'quarter' && isOfProduct(kind))) continue;
      // Each property by name: rows spread from the rest of a cell are slow to read, twenty times over.
      yield { model_version_id, basis, grain, subject_kind: kind, subject, currency, bucket, measures };
    }
  }
}

function daysOf(quarters: RollupChanges): RollupChanges {
  const days: RollupChanges = new Map();
  for (const quarter of quarters.values()) {
    const day = cellOf(days, { ...quarter, bucket: bucketOf(quarter.bucket, 'day') });
    for (const [subject, measures] of quarter.bySubject) sumInto(day, subject, measures, 1n);
  }
  return days;
}
