import { sql } from 'kysely';
import type { Database } from '../database/index.ts';
import type { Basis, RollupChanges, RollupRules } from './change-rollups.ts';
import { cutRange, type OpenSpan } from './cut-range.ts';
import { addMeasures, type Measures, noMeasures } from './measures.ts';
import { distinctPieces } from './pieces.ts';
import { replayLedger } from './replay-ledger.ts';
import { readSubjects, type SubjectKind } from './subjects.ts';
import { sumPieces } from './sum-pieces.ts';

/** What a report asks of the rollups. */
export type MeasureQuestion = {
  model: { id: string; conserving: boolean };
  currency: string;
  basis: Basis;
  kind: SubjectKind;
  /** Only these subjects; all of the kind when absent. */
  subjects?: string[];
  /** Their sum, under the subject '', where they are not needed one by one. */
  together?: boolean;
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
  const pieces = distinctPieces(parts.map(({ grains }) => grains));
  for (const { piece, sums } of await sumPieces(db, question, pieces)) {
    for (const { slot, times } of piece.uses) addTo(answers[slot]!, sums.subject, sums, times);
  }
  for (const [slot, { slivers }] of parts.entries()) {
    for (const sliver of slivers) await addSliver(db, question, sliver, answers[slot]!);
  }
  return answers;
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
      const isAsked = kind === question.kind && (question.subjects?.includes(subject) ?? true);
      if (isAsked) addTo(answer, question.together === true ? '' : subject, measures);
    }
  }
}

function addTo(answer: Map<string, Measures>, subject: string, more: Measures, times: 1n | -1n = 1n): void {
  const sum = answer.get(subject) ?? noMeasures();
  answer.set(subject, sum);
  addMeasures(sum, more, times);
}
