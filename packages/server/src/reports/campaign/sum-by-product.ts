import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import {
  addMeasures,
  type ByProduct,
  type Measures,
  noMeasures,
  readProductMeasures,
} from '../../rollups/index.ts';
import type { ReportQuestion } from '../ask/resolve-question.ts';
import type { Scope } from '../measure/scope.ts';
import { lineCredits } from './line-credits.ts';

/** What a scope holds of a product, and how many of its subjects hold any: orders and lines of several may be the same. */
export type HeldProduct = { measures: Measures; holders: number };

/**
 * What a scope holds of each product: whole days from the rollups, what a range cuts of a day from the ledger.
 * Campaigns that are no tree are summed one by one, their credit adding up.
 */
export async function sumByProduct(
  db: Database,
  question: ReportQuestion,
  { kind, subjects, adds, campaign_ids = [] }: Scope,
): Promise<Map<string | null, HeldProduct>> {
  const isTree = kind === 'tree' && !adds;
  const holders = isTree ? subjects : campaign_ids;
  const asked = { ...question, kind: isTree ? ('tree' as const) : ('campaign' as const), subjects: holders };
  const { held, edges } = await readProductMeasures(db, asked, question.span);
  for (const { times, ...span } of edges) {
    const edge = { ...question, span };
    const sums = isTree
      ? new Map([[subjects[0]!, await sumLines(db, edge, campaign_ids)]])
      : await sumLinesOfEach(db, edge, campaign_ids);
    for (const [holder, products] of sums) addTo(held, holder, products, times === 1 ? 1n : -1n);
  }
  return together(held);
}

function addTo(held: Map<string, ByProduct>, holder: string, products: ByProduct, times: 1n | -1n): void {
  const sums: ByProduct = held.get(holder) ?? new Map();
  held.set(holder, sums);
  for (const [id, measures] of products) {
    const sum = sums.get(id) ?? noMeasures();
    sums.set(id, sum);
    addMeasures(sum, measures, times);
  }
}

function together(held: Map<string, ByProduct>): Map<string | null, HeldProduct> {
  const products = new Map<string | null, HeldProduct>();
  for (const byProduct of held.values()) {
    for (const [id, measures] of byProduct) {
      if (!isSomething(measures)) continue;
      const sum = products.get(id) ?? { measures: noMeasures(), holders: 0 };
      products.set(id, sum);
      addMeasures(sum.measures, measures);
      sum.holders += 1;
    }
  }
  return products;
}

function isSomething({ units_e4, revenue_minor, profit_minor, lines }: Measures): boolean {
  return units_e4 !== 0n || revenue_minor !== 0n || profit_minor !== 0n || lines !== 0n;
}

/** What campaigns hold together, each order and line counted once. */
async function sumLines(db: Database, question: ReportQuestion, campaignIds: string[]): Promise<ByProduct> {
  const { rows } = await sql<Omit<Measures, 'order_share_e9'> & { product_id: string | null }>`
    select product_id, sum(quantity_e4)::bigint as units_e4,
           sum(revenue_minor)::bigint as revenue_minor,
           sum(profit_minor)::bigint as profit_minor,
           sum(known_revenue_minor)::bigint as known_cost_revenue_minor,
           coalesce(sum(weight) filter (where is_held), 0)::bigint as orders,
           sum(lines)::bigint as lines
      from (
        select weight, product_id, order_id,
               sum(weight * quantity_e4) as quantity_e4,
               sum(weight * revenue_minor) as revenue_minor,
               coalesce(sum(weight * profit_minor), 0) as profit_minor,
               coalesce(sum(weight * known_revenue_minor), 0) as known_revenue_minor,
               coalesce(sum(weight) filter (where is_held), 0) as lines,
               bool_or(is_held) as is_held
          from (${lineCredits(question, campaignIds)}) credit
         group by weight, product_id, order_id
      ) held
     group by product_id`.execute(db);
  return new Map(rows.map(({ product_id, ...sums }) => [product_id, { ...noMeasures(), ...sums }]));
}

async function sumLinesOfEach(
  db: Database,
  question: ReportQuestion,
  campaignIds: string[],
): Promise<Map<string, ByProduct>> {
  const held = new Map<string, ByProduct>();
  for (const id of campaignIds) held.set(id, await sumLines(db, question, [id]));
  return held;
}
