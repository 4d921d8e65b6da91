import { sql } from 'kysely';
import type { Database } from '../database/index.ts';
import { bucketOf } from './buckets.ts';
import { type Measures, measureNames } from './measures.ts';
import { asEdges, asRow, asRows, type ClosedPiece, type UsedPiece } from './pieces.ts';
import type { MeasureQuestion } from './read-measures.ts';
import type { SubjectKind } from './subjects.ts';

/** Of several kinds of subjects; `together`: the sum of all of a kind, under the subject ''. */
export type SummedQuestion = Omit<MeasureQuestion, 'kind'> & { kinds: SubjectKind[]; together: boolean };

/** What a piece holds of a subject. */
export type Sums = { piece: UsedPiece; kind: SubjectKind; sums: Row };
type Row = Measures & { place: number; kind?: SubjectKind; subject: string };

/** Sums the rows of each piece, in the way that suits how they lie. */
export async function sumPieces(
  db: Database,
  question: SummedQuestion,
  pieces: UsedPiece[],
): Promise<Sums[]> {
  const sums: Sums[] = [];
  const others: UsedPiece[] = [];
  for (const grain of ['day', 'quarter'] as const) {
    const those = pieces.filter((piece) => piece.grain === grain);
    const isOfOneKind = question.kinds.length === 1;
    const row = isOfOneKind ? asRow(those) : undefined;
    const edges = isOfOneKind && (question.subjects?.length ?? 0) > 1 ? asEdges(those) : undefined;
    if (row !== undefined) sums.push(...(await sumRow(db, question, row)));
    else if (edges !== undefined) sums.push(...(await sumEdges(db, question, edges)));
    else others.push(...those);
  }
  if (others.length > 0) sums.push(...(await sumEach(db, question, others)));
  return sums;
}

/** Many pieces that lie closely, in one walk along the index; each row finds its piece by its time. */
async function sumRow(db: Database, question: SummedQuestion, pieces: ClosedPiece[]): Promise<Sums[]> {
  return await (isEven(pieces) ? sumEvenRow(db, question, pieces) : sumUnevenRow(db, question, pieces));
}

/** The hours of a range, all but always: what a row's piece is can be computed, and no list of pieces is sent. */
async function sumEvenRow(db: Database, question: SummedQuestion, pieces: ClosedPiece[]): Promise<Sums[]> {
  const [first, last] = [pieces[0]!, pieces.at(-1)!];
  const seconds = lengthOf(first) / 1000;
  const { rows } = await sql<Row>`
    select ((date_part('epoch', r.bucket)::bigint - ${first.from.getTime() / 1000}::bigint) / ${seconds}::bigint)::int as place,
           ${subjectOf(question)} as subject, ${summed}
      from credit_rollups r
     where ${asked(question)} and r.grain = ${first.grain} and r.bucket >= ${first.from} and r.bucket < ${last.to}
     group by 1, 2`.execute(db);
  return rows.map((sums) => ({ piece: pieces[sums.place]!, kind: kindOf(sums, question), sums }));
}

/** Whether they meet and are of one length. */
function isEven(pieces: ClosedPiece[]): boolean {
  const length = lengthOf(pieces[0]!);
  return pieces.every(
    (piece, place) =>
      lengthOf(piece) === length && (place === 0 || piece.from.getTime() === pieces[place - 1]!.to.getTime()),
  );
}

function lengthOf({ from, to }: ClosedPiece): number {
  return to.getTime() - from.getTime();
}

async function sumUnevenRow(db: Database, question: SummedQuestion, pieces: ClosedPiece[]): Promise<Sums[]> {
  const { rows } = await sql<Row>`
    select r.place, ${subjectOf(question)} as subject, ${summed}
      from (
        select *, width_bucket(bucket, ${pieces.map(({ from }) => from)}::timestamptz[]) as place
          from credit_rollups r
         where ${asked(question)} and r.grain = ${pieces[0]!.grain}
           and r.bucket >= ${pieces[0]!.from} and r.bucket < ${pieces.at(-1)!.to}
      ) r
     where r.bucket < (${pieces.map(({ to }) => to)}::timestamptz[])[r.place]
     group by 1, 2`.execute(db);
  return rows.map((sums) => ({ piece: pieces[sums.place - 1]!, kind: kindOf(sums, question), sums }));
}

/**
 * The edges of many days, of many campaigns: looked up only where a campaign's day has a row, since it has no quarter
 * hours otherwise. Most campaigns run for a part of the year (a year by day in Berlin took 11,700 look-ups, not 3,700).
 */
async function sumEdges(db: Database, question: SummedQuestion, pieces: ClosedPiece[]): Promise<Sums[]> {
  const days = pieces.map(({ from }) => bucketOf(from, 'day'));
  const { rows } = await sql<Row>`
    with held as materialized (
      select r.subject, r.bucket
        from credit_rollups r
       where ${asked(question)} and r.grain = 'day' and r.bucket >= ${days[0]} and r.bucket <= ${days.at(-1)}
    )
    select piece.place::int, ${subjectOf(question)} as subject, ${summed}
      from unnest(
             ${days}::timestamptz[],
             ${pieces.map(({ from }) => from)}::timestamptz[],
             ${pieces.map(({ to }) => to)}::timestamptz[]
           ) with ordinality as piece (day, starts, ends, place)
      join held on held.bucket = piece.day
      cross join lateral (
        select *
          from credit_rollups r
         where ${ofKind(question)} and r.subject = held.subject and r.grain = 'quarter'
           and r.bucket >= piece.starts and r.bucket < piece.ends
        offset 0
      ) r
     group by 1, 2`.execute(db);
  return rows.map((sums) => ({ piece: pieces[sums.place - 1]!, kind: kindOf(sums, question), sums }));
}

/**
 * Each piece is summed by itself, along the index: joined with thousands of pieces at once, the rows would be compared
 * with every piece of their grain (an hourly timeline took 12 s instead of 80 ms).
 */
async function sumEach(db: Database, question: SummedQuestion, pieces: UsedPiece[]): Promise<Sums[]> {
  const { rows } = await sql<Row>`
    select piece.place::int, held.*
      from ${asRows(pieces)}
      cross join lateral (
        select ${kindColumn(question)} ${subjectOf(question)} as subject, ${summed}
          from credit_rollups r
         where ${asked(question)} and r.grain = piece.grain
           and r.bucket >= piece.starts and r.bucket < piece.ends
         group by r.subject_kind, ${subjectOf(question)}
      ) held`.execute(db);
  return rows.map((sums) => ({ piece: pieces[sums.place - 1]!, kind: kindOf(sums, question), sums }));
}

const summed = sql.join(measureNames.map((name) => sql`sum(r.${sql.ref(name)})::bigint as ${sql.ref(name)}`));

// Most ask of one kind, and thousands of rows need not repeat it.
function kindColumn({ kinds }: SummedQuestion) {
  return kinds.length === 1 ? sql`` : sql`r.subject_kind as kind,`;
}

function kindOf({ kind }: Row, { kinds }: SummedQuestion): SubjectKind {
  return kind ?? kinds[0]!;
}

function subjectOf({ together }: SummedQuestion) {
  return together ? sql`''::text` : sql`r.subject`;
}

function asked(question: SummedQuestion) {
  const { subjects } = question;
  return sql`${ofKind(question)}
    ${subjects === undefined ? sql`` : sql`and r.subject = any(${subjects}::text[])`}`;
}

function ofKind({ model, basis, kinds, currency }: SummedQuestion) {
  return sql`r.model_version_id = ${model.id} and r.basis = ${basis} and r.currency = ${currency}
    and ${kinds.length === 1 ? sql`r.subject_kind = ${kinds[0]}` : sql`r.subject_kind = any(${kinds}::text[])`}`;
}
