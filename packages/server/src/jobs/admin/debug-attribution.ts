import { explainLines, keptVersions, matcher, models } from '../../attribution/index.ts';
import { effectiveStatus, readCampaignHistories } from '../../campaigns/index.ts';
import type { Database } from '../../database/index.ts';
import type { Evidence } from '../../vocabulary/credit.ts';

/** A sale that has not happened: one piece of a product at a moment, for an amount. */
export type HypotheticalSale = {
  product_id: string;
  sale_time: Date;
  amount_minor: bigint;
  currency: string;
};

/** Which campaigns would match a sale, why or why not, and the credit each would get under every model. */
export async function debugAttribution(db: Database, sale: HypotheticalSale, now: Date) {
  const histories = await readCampaignHistories(db, { product_ids: [sale.product_id] });
  const versions = (await keptVersions(db)).filter(
    ({ model, status }) => status === 'published' && models.get(model)!.divides === 'lines',
  );
  const evidence: Evidence = {
    order_id: '',
    currency: sale.currency,
    status: versions[0]?.countable_statuses[0] ?? 'confirmed',
    sale_time: sale.sale_time,
    lines: [
      {
        line_no: 1,
        product_id: sale.product_id,
        quantity_e4: 10_000n,
        revenue_minor: sale.amount_minor,
        profit_minor: null,
        matches: matcher(histories)(sale.product_id, sale.sale_time),
      },
    ],
    rest: { line_no: 0, quantity_e4: 0n, revenue_minor: 0n, profit_minor: 0n },
    paths: new Map(),
    precedence: [],
    reported_campaign_id: null,
  };
  const [line] = explainLines(evidence, histories, versions, (campaign) => effectiveStatus(campaign, now));
  return {
    product_id: sale.product_id,
    sale_time: sale.sale_time.toISOString(),
    currency: sale.currency,
    matched_count: evidence.lines[0]!.matches.length,
    candidates: line!.candidates,
    shares: line!.shares,
  };
}
