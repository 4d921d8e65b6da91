import { readCampaignHistories } from '../campaigns/index.ts';
import type { Database } from '../database/index.ts';
import { type LineValue, type OrderFacts, readOrderFacts, valueOrder } from '../orders/index.ts';
import { type ProductCosts, readProductCosts, unitCostOf } from '../products/index.ts';
import type { Evidence } from '../vocabulary/credit.ts';
import { priceOf } from '../vocabulary/money.ts';
import type { Hypothesis } from '../vocabulary/reach.ts';
import { type CampaignHistory, matcher } from './match-campaigns.ts';

/** What settlement knows of an order besides the evidence its models look at. */
export type GatheredOrder = Evidence & { revision: number; refund_count: number };

/**
 * Reads everything the credit of these orders depends on, in a handful of keyed statements whatever their number:
 * the orders with lines and refunds, the costs of their products, the histories of the campaigns that ever targeted
 * them. With a hypothesis, that campaign's history is taken as if the change had been made.
 *
 * @returns one piece of evidence per order that exists, in the order of their ids
 */
export async function gatherEvidence(
  db: Database,
  orderIds: string[],
  hypothesis?: Hypothesis,
): Promise<GatheredOrder[]> {
  const facts = await readOrderFacts(db, orderIds);
  const productIds = [...new Set(facts.flatMap(({ lines }) => lines.map((line) => line.product_id)))];
  const costs = await readProductCosts(db, productIds);
  const histories = await readCampaignHistories(db, { product_ids: productIds });
  const match = matcher(hypothesis === undefined ? histories : await assume(db, histories, hypothesis));

  return facts.map((fact) => {
    const { order } = fact;
    const value = valueOrder(order, fact.lines, fact.refunds);
    return {
      order_id: order.id,
      currency: order.currency,
      status: order.status,
      sale_time: order.ordered_at,
      revision: order.revision,
      refund_count: fact.refunds.length,
      lines: value.lines.map((line) => ({
        line_no: line.line_no,
        product_id: line.product_id,
        quantity_e4: line.quantity_e4,
        revenue_minor: line.net_minor,
        profit_minor: profitOf(fact, line, costs),
        matches: match(line.product_id, order.ordered_at),
      })),
    };
  });
}

/** What was earned on a line: its net less the tax contained in it and the cost of its pieces; unknown with the cost. */
function profitOf(
  { order, lines }: OrderFacts,
  { line_no, product_id, quantity_e4, net_minor, tax_minor }: LineValue,
  costs: Map<string, ProductCosts>,
): bigint | null {
  const { unit_cost_minor, batch } = lines.find((line) => line.line_no === line_no)!;
  const sold = { unit_cost_minor, batch, currency: order.currency, at: order.ordered_at };
  const cost = unitCostOf(sold, costs.get(product_id));
  return cost === undefined ? null : net_minor - tax_minor - priceOf(quantity_e4, cost.unit_cost_minor);
}

async function assume(
  db: Database,
  histories: CampaignHistory[],
  hypothesis: Hypothesis,
): Promise<CampaignHistory[]> {
  const others = histories.filter(({ campaign_id }) => campaign_id !== hypothesis.campaign_id);
  const [today] = await readCampaignHistories(db, { campaign_ids: [hypothesis.campaign_id] });
  if (today === undefined) return others;
  return [...others, { ...today, running_periods: hypothesis.running_periods, targets: hypothesis.targets }];
}
