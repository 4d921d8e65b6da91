import { sql } from 'kysely';
import type { Database } from '../database/index.ts';
import type { Basis, RollupChanges, RollupRules } from './change-rollups.ts';
import { cutRange, type OpenSpan } from './cut-range.ts';
import { addMeasures, copyOf, type Measures, noMeasures } from './measures.ts';
import { distinctPieces } from './pieces.ts';
import { replayLedger } from './replay-ledger.ts';
import { readSubjects, type Subject, type SubjectKind } from './subjects.ts';
import { type SummedQuestion, sumPieces } from './sum-pieces.ts';

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
  return (await readMeasuresOf(db, question, [question.kind], spans))[question.kind];
}

/** The same for several kinds of subjects at once. */
export async function readMeasuresOf<Kind extends SubjectKind>(
  db: Database,
  question: Omit<MeasureQuestion, 'kind'>,
  kinds: Kind[],
  spans: OpenSpan[],
): Promise<Record<Kind, Map<string, Measures>[]>> {
  const distinct = [...new Set(kinds)];
  const answers = Object.fromEntries(
    distinct.map((kind) => [kind, spans.map(() => new Map<string, Measures>())]),
  ) as Record<SubjectKind, Map<string, Measures>[]>;
  await sumSpans(db, { ...question, kinds: distinct, together: false }, spans, (slot, of, more, times) => {
    const answer = answers[of.kind][slot]!;
    answer.set(of.subject, sumOf(answer.get(of.subject), more, times));
  });
  return answers;
}

/** The sum of the measures of all these subjects in each of the spans, where they are not needed one by one. */
export async function readTogether(
  db: Database,
  question: MeasureQuestion,
  spans: OpenSpan[],
): Promise<Measures[]> {
  const answers: (Measures | undefined)[] = spans.map(() => undefined);
  await sumSpans(
    db,
    { ...question, kinds: [question.kind], together: true },
    spans,
    (slot, _, more, times) => {
      answers[slot] = sumOf(answers[slot], more, times);
    },
  );
  return answers.map((sum) => sum ?? noMeasures());
}

function sumOf(sum: Measures | undefined, more: Measures, times: 1n | -1n): Measures {
  if (sum === undefined && times === 1n) return copyOf(more);
  const known = sum ?? noMeasures();
  addMeasures(known, more, times);
  return known;
}

/** `times` × `more` of a subject, to be added to what it has in the span at place `slot`. */
type Take = (slot: number, of: Subject, more: Measures, times: 1n | -1n) => void;

async function sumSpans(
  db: Database,
  question: SummedQuestion,
  spans: OpenSpan[],
  take: Take,
): Promise<void> {
  const parts = spans.map(cutRange);
  const pieces = distinctPieces(parts.map(({ grains }) => grains));
  for (const { piece, kind, sums } of await sumPieces(db, question, pieces)) {
    const of = { kind, subject: sums.subject };
    for (const { slot, times } of piece.uses) take(slot, of, sums, times);
  }
  for (const [slot, { slivers }] of parts.entries()) {
    for (const sliver of slivers) {
      await addSliver(db, question, sliver, (of, more) => take(slot, of, more, 1n));
    }
  }
}

/** Less than a quarter hour lies in no row: the few orders sold or posted in it are replayed from the ledger. */
async function addSliver(
  db: Database,
  question: SummedQuestion,
  sliver: { from: Date; to: Date },
  take: (of: Subject, more: Measures) => void,
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
    for (const [of, measures] of bySubject) {
      const isAsked = question.kinds.includes(of.kind) && (question.subjects?.includes(of.subject) ?? true);
      if (isAsked) take(of, measures);
    }
  }
}
