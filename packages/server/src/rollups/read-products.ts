import { sql } from 'kysely';
import type { Database } from '../database/index.ts';
import type { Basis } from './change-rollups.ts';
import { cutRange, type OpenSpan } from './cut-range.ts';
import { type Measures, measureNames } from './measures.ts';
import { productOfSubject, productRange } from './subjects.ts';

/** What is asked of the rollups of products. */
export type ProductQuestion = {
  model: { id: string };
  currency: string;
  basis: Basis;
  kind: 'campaign' | 'tree';
  subjects: string[];
};

/** A part of a span that no row of products holds: less than a day, to be added or taken away. */
export type ProductEdge = OpenSpan & { times: 1 | -1 };

/** By product; null is credit of shipping and tax. */
export type ByProduct = Map<string | null, Measures>;

/**
 * What each of these campaigns, or each with all below it, holds of each product over the whole UTC days of a span, and
 * the edges that are left: these have to be read from the ledger. One that holds nothing is absent.
 */
export async function readProductMeasures(
  db: Database,
  question: ProductQuestion,
  span: OpenSpan,
): Promise<{ held: Map<string, ByProduct>; edges: ProductEdge[] }> {
  const { grains, slivers } = cutRange(span);
  const days = grains.find(({ grain }) => grain === 'day');
  const edges = [
    ...grains.filter(({ grain }) => grain === 'quarter'),
    ...slivers.map((sliver) => ({ ...sliver, times: 1 as const })),
  ];
  return { held: days === undefined ? new Map() : await sumDays(db, question, days), edges };
}

async function sumDays(
  db: Database,
  { model, currency, basis, kind, subjects }: ProductQuestion,
  days: OpenSpan,
): Promise<Map<string, ByProduct>> {
  const ranges = subjects.map(productRange);
  const sums = measureNames.map((name) => sql`sum(r.${sql.ref(name)})::bigint as ${sql.ref(name)}`);
  const { rows } = await sql<Measures & { holder: string; subject: string }>`
    select asked.holder, held.*
      from unnest(
             ${subjects}::text[], ${ranges.map(([first]) => first)}::text[], ${ranges.map(([, beyond]) => beyond)}::text[]
           ) as asked (holder, first, beyond)
      cross join lateral (
        select r.subject, ${sql.join(sums)}
          from credit_rollups r
         where r.model_version_id = ${model.id} and r.basis = ${basis} and r.grain = 'day'
           and r.subject_kind = ${sql.lit(`${kind}_product`)} and r.currency = ${currency}
           and r.subject collate "C" >= asked.first and r.subject collate "C" < asked.beyond
           and r.bucket >= ${days.from ?? '-infinity'} and r.bucket < ${days.to ?? 'infinity'}
         group by r.subject
      ) held`.execute(db);
  const byHolder = new Map<string, ByProduct>();
  for (const { holder, subject, ...measures } of rows) {
    const products: ByProduct = byHolder.get(holder) ?? new Map();
    byHolder.set(holder, products);
    products.set(productOfSubject(subject), measures);
  }
  return byHolder;
}
