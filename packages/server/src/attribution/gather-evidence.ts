import { readCampaignHistories, resolveCampaigns } from '../campaigns/index.ts';
import type { Database } from '../database/index.ts';
import {
  type LineValue,
  type OrderFacts,
  type OrderValue,
  readClaims,
  readOrderFacts,
  type SaleClaim,
  valueOrder,
} from '../orders/index.ts';
import { type ProductCosts, readProductCosts, unitCostOf } from '../products/index.ts';
import type { Evidence, LineValue as EvidenceValue } from '../vocabulary/credit.ts';
import { priceOf } from '../vocabulary/money.ts';
import type { Hypothesis } from '../vocabulary/reach.ts';
import { gatherPaths, type OrderPaths } from './gather-paths.ts';
import { type CampaignHistory, matcher } from './match-campaigns.ts';
import type { ModelVersion } from './model-versions.ts';
import { reported } from './models/reported.ts';
import { readPrecedence } from './read-precedence.ts';

/** What settlement knows of an order besides the evidence its models look at. */
export type GatheredOrder = Evidence & {
  revision: number;
  refund_count: number;
  /** Clicks that are kept out of its paths, with the reason. */
  excluded: OrderPaths['excluded'];
};

/**
 * Reads everything the credit of these orders depends on, in a handful of keyed statements whatever their number:
 * the orders with lines and refunds, the costs of their products, the histories of the campaigns that ever targeted
 * them and, where a version divides by touches, their paths. With a hypothesis, that campaign's history is taken as if
 * the change had been made.
 *
 * @param versions the model versions that will look at the evidence: what none of them needs is not read
 * @returns one piece of evidence per order that exists, in the order of their ids
 */
export async function gatherEvidence(
  db: Database,
  orderIds: string[],
  versions: Pick<ModelVersion, 'model' | 'parameters'>[],
  hypothesis?: Hypothesis,
): Promise<GatheredOrder[]> {
  const facts = await readOrderFacts(db, orderIds);
  const productIds = [...new Set(facts.flatMap(({ lines }) => lines.map((line) => line.product_id)))];
  const costs = await readProductCosts(db, productIds);
  const histories = await readCampaignHistories(db, { product_ids: productIds });
  const match = matcher(hypothesis === undefined ? histories : await assume(db, histories, hypothesis));
  const orders = facts.map(({ order }) => order);
  const opens = versions.some(({ parameters }) => parameters.touches?.includes('email_open'));
  const paths = await gatherPaths(db, orders, { windows: windowsOf(versions), opens });
  const claims = await readClaimed(db, orders, versions);
  const touched = [...paths.values()].flatMap((each) => [...each.paths.values()].flat());
  const precedence = await readPrecedence(db, [
    ...touched.map(({ campaign_id }) => campaign_id),
    ...[...paths.values()].flatMap(({ excluded }) =>
      excluded.flatMap(({ clicks }) => clicks.map(({ campaign_id }) => campaign_id)),
    ),
    ...claims.values(),
  ]);

  return facts.map((fact) => {
    const { order } = fact;
    const value = valueOrder(order, fact.lines, fact.refunds);
    const found = paths.get(order.id);
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
      rest: restOf(value),
      paths: new Map(
        [...(found?.paths ?? [])].map(([window, path]) => [window, path.map(precedence.withChannel)]),
      ),
      precedence: precedence.campaignIds,
      reported_campaign_id: claims.get(order.id) ?? null,
      excluded: found?.excluded ?? [],
    };
  });
}

/** The visit windows that these versions fold sessions with; none where none of them looks at touches. */
function windowsOf(versions: Pick<ModelVersion, 'parameters'>[]): number[] {
  const windows = versions.flatMap(({ parameters }) => parameters.visit_window_days ?? []);
  return [...new Set(windows)];
}

/**
 * The campaign that is claimed of each order: by the first sale of a CRM that is the order and claims one, else by the
 * order itself. A word that could mean several means none.
 */
async function readClaimed(
  db: Database,
  orders: { id: string; reported_campaign: string | null }[],
  versions: Pick<ModelVersion, 'model'>[],
): Promise<Map<string, string>> {
  if (!versions.some(({ model }) => model === reported.name)) return new Map();
  const sales = await readClaims(
    db,
    orders.map(({ id }) => id),
  );
  const claimsOf = ({ id, reported_campaign }: (typeof orders)[number]): SaleClaim[] => [
    ...(sales.get(id) ?? []),
    { campaign_id: null, reported_campaign },
  ];
  const words = [
    ...new Set(orders.flatMap(claimsOf).flatMap(({ reported_campaign }) => reported_campaign ?? [])),
  ];
  const resolved = await resolveCampaigns(db, words);
  const meant = new Map(
    words.flatMap((word, place) => {
      const found = resolved[place]!;
      return 'campaign' in found ? [[word, found.campaign.id] as const] : [];
    }),
  );
  return new Map(
    orders.flatMap((order) => {
      const [first] = claimsOf(order).flatMap(
        ({ campaign_id, reported_campaign }) => campaign_id ?? meant.get(reported_campaign ?? '') ?? [],
      );
      return first === undefined ? [] : [[order.id, first] as const];
    }),
  );
}

/** Shipping and tax are revenue of whoever earned the order, and nobody's profit; without lines its cost is unknown. */
function restOf({
  lines,
  unitemised_minor,
  shipping_minor,
  tax_minor,
  quantity_e4,
}: OrderValue): EvidenceValue {
  const isUnitemised = lines.length === 0;
  return {
    line_no: 0,
    quantity_e4: isUnitemised ? quantity_e4 : 0n,
    revenue_minor: unitemised_minor + shipping_minor + tax_minor,
    profit_minor: isUnitemised ? null : 0n,
  };
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
