import { sql } from 'kysely';
import type { Database } from '../database/index.ts';
import { cutRange, type OpenSpan } from './cut-range.ts';
import { type Measures, measureNames } from './measures.ts';
import { productOfSubject, productRange } from './subjects.ts';

/** A part of a span that no row of products holds: less than a day, to be added or taken away. */
type ProductEdge = OpenSpan & { times: 1 | -1 };

/**
 * What a campaign, or a campaign with all below it, holds of each product over the whole UTC days of a span, and the
 * edges that are left: these have to be read from the ledger.
 */
export async function readProductMeasures(
  db: Database,
  question: {
    model: { id: string };
    currency: string;
    kind: 'campaign' | 'tree';
    campaign_id: string;
  },
  span: OpenSpan,
): Promise<{ products: Map<string | null, Measures>; edges: ProductEdge[] }> {
  const { grains, slivers } = cutRange(span);
  const days = grains.find(({ grain }) => grain === 'day');
  const edges = [
    ...grains.filter(({ grain }) => grain === 'quarter'),
    ...slivers.map((sliver) => ({ ...sliver, times: 1 as const })),
  ];
  return { products: await sumDays(db, question, days), edges };
}

async function sumDays(
  db: Database,
  { model, currency, kind, campaign_id }: Parameters<typeof readProductMeasures>[1],
  days: OpenSpan | undefined,
): Promise<Map<string | null, Measures>> {
  if (days === undefined) return new Map();
  const [first, beyond] = productRange(campaign_id);
  const sums = measureNames.map((name) => sql`sum(${sql.ref(name)})::bigint as ${sql.ref(name)}`);
  const { rows } = await sql<Measures & { subject: string }>`
    select subject, ${sql.join(sums)}
      from credit_rollups
     where model_version_id = ${model.id} and basis = 'sale' and grain = 'day'
       and subject_kind = ${sql.lit(`${kind}_product`)} and currency = ${currency}
       and subject collate "C" >= ${first} and subject collate "C" < ${beyond}
       and bucket >= ${days.from ?? '-infinity'} and bucket < ${days.to ?? 'infinity'}
     group by subject`.execute(db);
  return new Map(rows.map(({ subject, ...measures }) => [productOfSubject(subject), measures]));
}
