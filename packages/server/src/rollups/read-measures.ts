import { sql } from 'kysely';
import type { Database } from '../database/index.ts';
import type { Basis, RollupChanges, RollupRules } from './change-rollups.ts';
import { cutRange, type OpenSpan, type Piece } from './cut-range.ts';
import { addMeasures, type Measures, measureNames, noMeasures } from './measures.ts';
import { replayLedger } from './replay-ledger.ts';
import { readSubjects, type SubjectKind } from './subjects.ts';

/** What a report asks of the rollups. */
export type MeasureQuestion = {
  model: { id: string; conserving: boolean };
  currency: string;
  basis: Basis;
  kind: SubjectKind;
  /** Only these subjects; all of the kind when absent. */
  subjects?: string[];
};

/**
 * The measures of each subject in each of the spans asked for, exact at their edges. A subject without anything in a
 * span is absent from that span's map.
 */
export async function readMeasures(
  db: Database,
  question: MeasureQuestion,
  spans: OpenSpan[],
): Promise<Map<string, Measures>[]> {
  const answers = spans.map(() => new Map<string, Measures>());
  const parts = spans.map(cutRange);
  const pieces = parts.flatMap(({ grains }, slot) => grains.map((piece) => ({ slot, ...piece })));
  for (const { slot, subject, ...sums } of await sumRows(db, question, pieces)) {
    addTo(answers[slot]!, subject, sums);
  }
  for (const [slot, { slivers }] of parts.entries()) {
    for (const sliver of slivers) await addSliver(db, question, sliver, answers[slot]!);
  }
  return answers;
}

/**
 * Each piece is summed by itself, along the index: joined with thousands of pieces at once, the rows would be compared
 * with every piece of their grain (an hourly timeline took 12 s instead of 80 ms).
 */
async function sumRows(
  db: Database,
  question: MeasureQuestion,
  pieces: (Piece & { slot: number })[],
): Promise<(Measures & { slot: number; subject: string })[]> {
  if (pieces.length === 0) return [];
  const sums = measureNames.map((name) => sql`sum(r.${sql.ref(name)})::bigint as ${sql.ref(name)}`);
  const signedSums = measureNames.map(
    (name) => sql`sum(piece.times * held.${sql.ref(name)})::bigint as ${sql.ref(name)}`,
  );
  const { rows } = await sql<Measures & { slot: number; subject: string }>`
    select piece.slot, held.subject, ${sql.join(signedSums)}
      from unnest(
             ${pieces.map((piece) => piece.slot)}::int[],
             ${pieces.map((piece) => piece.times)}::int[],
             ${pieces.map((piece) => piece.grain)}::text[],
             ${pieces.map((piece) => piece.from ?? '-infinity')}::timestamptz[],
             ${pieces.map((piece) => piece.to ?? 'infinity')}::timestamptz[]
           ) as piece (slot, times, grain, starts, ends)
      cross join lateral (
        select r.subject, ${sql.join(sums)}
          from credit_rollups r
         where r.model_version_id = ${question.model.id}
           and r.basis = ${question.basis}
           and r.grain = piece.grain
           and r.subject_kind = ${question.kind}
           and r.currency = ${question.currency}
           ${question.subjects === undefined ? sql`` : sql`and r.subject = any(${question.subjects}::text[])`}
           and r.bucket >= piece.starts and r.bucket < piece.ends
         group by r.subject
      ) held
     group by piece.slot, held.subject`.execute(db);
  return rows;
}

/** Less than a quarter hour lies in no row: the few orders sold or posted in it are replayed from the ledger. */
async function addSliver(
  db: Database,
  question: MeasureQuestion,
  sliver: { from: Date; to: Date },
  answer: Map<string, Measures>,
): Promise<void> {
  const { basis } = question;
  const { rows } = await sql<{ order_id: string }>`
    select order_id from credit_entries
     where ${sql.ref(basis === 'sale' ? 'sale_time' : 'posted_at')} >= ${sliver.from}
       and ${sql.ref(basis === 'sale' ? 'sale_time' : 'posted_at')} < ${sliver.to}
    union
    select id from orders
     where ${basis === 'sale'} and ordered_at >= ${sliver.from} and ordered_at < ${sliver.to}`.execute(db);
  if (rows.length === 0) return;
  const changes: RollupChanges = new Map();
  const rules: RollupRules = {
    conserving: () => question.model.conserving,
    subjectsOf: await readSubjects(db),
  };
  await replayLedger(
    db,
    rows.map((row) => row.order_id),
    changes,
    rules,
    { basis, ...sliver },
  );
  for (const { bySubject, model_version_id, currency } of changes.values()) {
    if (model_version_id !== question.model.id || currency !== question.currency) continue;
    for (const [{ kind, subject }, measures] of bySubject) {
      const asked = kind === question.kind && (question.subjects?.includes(subject) ?? true);
      if (asked) addTo(answer, subject, measures);
    }
  }
}

function addTo(answer: Map<string, Measures>, subject: string, more: Measures): void {
  const sum = answer.get(subject) ?? noMeasures();
  answer.set(subject, sum);
  addMeasures(sum, more);
}
