import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import { addMeasures, type Measures, noMeasures, readProductMeasures } from '../../rollups/index.ts';
import { answerReport, type ReportContext } from '../ask/answer-report.ts';
import type { ReportMeta } from '../ask/read-meta.ts';
import type { ReportQuery } from '../ask/report-query.ts';
import type { ReportQuestion } from '../ask/resolve-question.ts';
import { type Compared, type Figures, figuresOf } from '../figures.ts';
import { campaignNamed, readCampaigns } from '../measure/read-campaigns.ts';
import { campaignScope, type Scope } from '../measure/scope.ts';
import { rankRows } from '../rank-rows.ts';
import { lineCredits } from './line-credits.ts';

/** A product; all null for credit of shipping and tax, which belong to none. */
export type CreditedProduct = {
  product_id: string | null;
  external_id: string | null;
  sku: string | null;
  name: string | null;
  category: string | null;
};

export type ProductRow = CreditedProduct & Compared;

export type ProductReport = {
  rows: ProductRow[];
  row_count: number;
  question: ReportQuestion;
  meta: ReportMeta;
};

const defaultLimit = 100;

/**
 * What a campaign earned with each product.
 * @throws not_found
 */
export async function readProducts(
  context: ReportContext,
  id: string,
  query: ReportQuery,
): Promise<ProductReport> {
  return await answerReport(context, query, async (db, question) => {
    const campaigns = await readCampaigns(db, question);
    const scope = campaignScope(question, campaigns, campaignNamed(campaigns, id).campaign_id);
    const [now, before] = [
      await readByProduct(db, question, scope),
      question.previous && (await readByProduct(db, { ...question, span: question.previous }, scope)),
    ];
    const products = await readNames(db, [...now.keys()]);
    const rows = [...now].map(([id, measures]) => ({
      ...(products.get(id) ?? noProduct),
      figures: figuresOfProduct(measures),
      previous: before && figuresOfProduct(before.get(id) ?? noMeasures()),
    }));
    const ranked = rankRows(rows, question, ({ name, external_id }) => name ?? external_id ?? '');
    return { rows: ranked.slice(0, question.limit ?? defaultLimit), row_count: rows.length };
  });
}

const noProduct: CreditedProduct = {
  product_id: null,
  external_id: null,
  sku: null,
  name: null,
  category: null,
};

function figuresOfProduct(measures: Measures): Figures {
  return figuresOf({ measures, spend_minor: null, counted_once: true });
}

type ByProduct = Map<string | null, Measures>;

/** By sale, one campaign or one whole tree is summed from the rollups; all else, and what a day is cut of, from the ledger. */
async function readByProduct(db: Database, question: ReportQuestion, scope: Scope): Promise<ByProduct> {
  const { kind, subjects, campaign_ids } = scope;
  const [campaign_id] = subjects;
  const isKept =
    question.basis === 'sale' && subjects.length === 1 && (kind === 'campaign' || kind === 'tree');
  if (!isKept) return await sumLines(db, question, campaign_ids!);
  const asked = { ...question, kind, campaign_id: campaign_id! };
  const { products, edges } = await readProductMeasures(db, asked, question.span);
  for (const { times, ...span } of edges) {
    for (const [id, measures] of await sumLines(db, { ...question, span }, campaign_ids!)) {
      const sum = products.get(id) ?? noMeasures();
      products.set(id, sum);
      addMeasures(sum, measures, times === 1 ? 1n : -1n);
    }
  }
  return new Map([...products].filter(([, measures]) => isSomething(measures)));
}

function isSomething({ units_e4, revenue_minor, profit_minor, lines }: Measures): boolean {
  return units_e4 !== 0n || revenue_minor !== 0n || profit_minor !== 0n || lines !== 0n;
}

async function sumLines(db: Database, question: ReportQuestion, campaignIds: string[]): Promise<ByProduct> {
  const { rows } = await sql<Measures & { product_id: string | null }>`
    select product_id, sum(quantity_e4)::bigint as units_e4,
           sum(revenue_minor)::bigint as revenue_minor,
           sum(profit_minor)::bigint as profit_minor,
           sum(known_revenue_minor)::bigint as known_cost_revenue_minor,
           coalesce(sum(weight) filter (where is_held), 0)::bigint as orders,
           sum(lines)::bigint as lines
      from (
        select credit.weight, line.product_id, credit.order_id,
               sum(credit.weight * credit.quantity_e4) as quantity_e4,
               sum(credit.weight * credit.revenue_minor) as revenue_minor,
               coalesce(sum(credit.weight * credit.profit_minor), 0) as profit_minor,
               coalesce(sum(credit.weight * credit.known_revenue_minor), 0) as known_revenue_minor,
               coalesce(sum(credit.weight) filter (where credit.is_held), 0) as lines,
               bool_or(credit.is_held) as is_held
          from (${lineCredits(question, campaignIds)}) credit
          -- One look-up a line; joined, a planner that expects many lines reads all there are (21 s instead of 0.7).
          left join lateral (
            select product_id from order_lines
             where order_id = credit.order_id and line_no = credit.line_no
             limit 1
          ) line on true
         group by credit.weight, line.product_id, credit.order_id
      ) held
     group by product_id`.execute(db);
  const sums = rows.map(({ product_id, ...more }) => [product_id, { ...noMeasures(), ...more }] as const);
  return new Map(sums.filter(([, measures]) => isSomething(measures)));
}

async function readNames(
  db: Database,
  productIds: (string | null)[],
): Promise<Map<string | null, CreditedProduct>> {
  const { rows } = await sql<CreditedProduct>`
    select id as product_id, external_id, sku, name, category from products
     where id = any(${productIds.filter((id) => id !== null)}::uuid[])`.execute(db);
  return new Map(rows.map((product) => [product.product_id, product]));
}
