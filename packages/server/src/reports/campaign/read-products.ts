import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import { noMeasures } from '../../rollups/index.ts';
import { answerReport, type ReportContext } from '../ask/answer-report.ts';
import type { ReportMeta } from '../ask/read-meta.ts';
import type { ReportQuery } from '../ask/report-query.ts';
import type { ReportQuestion } from '../ask/resolve-question.ts';
import { type Compared, type Figures, figuresOf } from '../figures.ts';
import { campaignNamed, readCampaigns } from '../measure/read-campaigns.ts';
import { campaignScope } from '../measure/scope.ts';
import { rankRows } from '../rank-rows.ts';
import { sumByProduct } from './sum-by-product.ts';

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
    const now = await sumByProduct(db, question, scope);
    const before =
      question.previous && (await sumByProduct(db, { ...question, span: question.previous }, scope));
    const products = await readNames(db, [...now.keys()]);
    const rows = [...now].map(([id, measures]) => ({
      ...(products.get(id) ?? noProduct),
      figures: figuresOfProduct(measures),
      previous: before && figuresOfProduct(before.get(id)),
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

function figuresOfProduct({ measures, holders } = nothing): Figures {
  return figuresOf({ measures, spend_minor: null, counted_once: holders <= 1 });
}

const nothing = { measures: noMeasures(), holders: 0 };

async function readNames(
  db: Database,
  productIds: (string | null)[],
): Promise<Map<string | null, CreditedProduct>> {
  const { rows } = await sql<CreditedProduct>`
    select id as product_id, external_id, sku, name, category from products
     where id = any(${productIds.filter((id) => id !== null)}::uuid[])`.execute(db);
  return new Map(rows.map((product) => [product.product_id, product]));
}
