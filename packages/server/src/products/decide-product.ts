import type { FieldFault } from '../vocabulary/errors.ts';
import { groupBy } from '../vocabulary/group-by.ts';
import { moneyText } from '../vocabulary/money.ts';
import type { NormalProduct } from './normalise-product.ts';
import { rewriteCosts } from './rewrite-costs.ts';
import { type BatchCost, type CostPeriod, type ProductCosts, sinceEver } from './unit-cost.ts';

/** A product as the table holds it. */
export type HeldProduct = { id: string; sku: string | null; name: string | null; category: string | null };

/** What recording a product comes to. */
export type DecidedProduct = HeldProduct & {
  outcome: 'created' | 'updated' | 'unchanged';
  /** The periods of currencies in place of those held; a currency whose periods stay is not there. */
  costs: { currency: string; periods: CostPeriod[] }[];
  batches: BatchCost[];
  /** Sales since then may have another cost now; null is since ever. */
  reaches: { from: Date | null } | undefined;
  before: Record<string, unknown>;
  after: Record<string, unknown>;
  reason: string | null;
};

/** Compares a product as sent with what is held of it. */
export function decideProduct(
  sent: NormalProduct,
  held: HeldProduct,
  known: ProductCosts,
  isNew: boolean,
  now: Date,
): DecidedProduct {
  const before: Record<string, unknown> = {};
  const after: Record<string, unknown> = {};
  const keep = (field: 'sku' | 'name' | 'category') => {
    const value = sent[field] === undefined ? held[field] : sent[field];
    if (value !== held[field]) {
      before[field] = held[field];
      after[field] = value;
    }
    return value;
  };
  const fields = { id: sent.id, sku: keep('sku'), name: keep('name'), category: keep('category') };

  const heldCosts = known.costs.filter(({ currency }) => currency === sent.cost?.currency);
  const rewritten = sent.cost && rewriteCosts(heldCosts, sent.cost, now);
  const costs =
    rewritten === undefined
      ? otherCosts(sent.costs, known)
      : [{ currency: sent.cost!.currency, periods: rewritten.costs }];
  if (costs.length > 0) {
    const isReplaced = ({ currency }: CostPeriod) => costs.some((each) => each.currency === currency);
    before.costs = known.costs.filter(isReplaced).map(costRow);
    after.costs = costs.flatMap(({ periods }) => periods).map(costRow);
  }
  const heldBatch = (sentBatch: BatchCost) =>
    known.batches.find((each) => each.batch === sentBatch.batch && each.currency === sentBatch.currency);
  const batches = sent.batches.filter((batch) => heldBatch(batch)?.unit_cost_minor !== batch.unit_cost_minor);
  if (batches.length > 0) {
    before.batches = batches.flatMap((batch) => heldBatch(batch) ?? []).map(batchRow);
    after.batches = batches.map(batchRow);
  }

  const changed = Object.keys(after).length > 0;
  return {
    ...fields,
    outcome: isNew ? 'created' : changed ? 'updated' : 'unchanged',
    costs,
    batches,
    reaches: reachOf(rewritten?.from, batches.length > 0 || (rewritten === undefined && costs.length > 0)),
    before,
    after: isNew ? { source: sent.source, external_id: sent.external_id, ...after } : after,
    reason: sent.reason,
  };
}

/** A cost period as the API shows it. */
export function costRow({ currency, unit_cost_minor, period }: CostPeriod) {
  return {
    unit_cost: Number(moneyText(unit_cost_minor, currency)),
    currency,
    from: period.from.getTime() === sinceEver.getTime() ? null : period.from.toISOString(),
    to: period.to?.toISOString() ?? null,
  };
}

/** A batch as the API shows it. */
export function batchRow({ batch, currency, unit_cost_minor }: BatchCost) {
  return { batch, unit_cost: Number(moneyText(unit_cost_minor, currency)), currency };
}

/** What is wrong with replacing the periods that are known by others: that nobody says why. */
export function faultOfOtherCosts(
  { costs, reason }: Pick<NormalProduct, 'costs' | 'reason'>,
  known: ProductCosts,
): FieldFault | undefined {
  const replaced = otherCosts(costs, known).filter(({ currency }) =>
    known.costs.some((each) => each.currency === currency),
  );
  if (reason !== null || replaced.length === 0) return undefined;
  const currencies = replaced.map(({ currency }) => currency).join(', ');
  return {
    path: 'reason',
    message: `is required when other costs are known already (${currencies}): say why they change`,
  };
}

/** By currency, those of the periods sent that are not what is held. */
function otherCosts(sent: CostPeriod[], known: ProductCosts): DecidedProduct['costs'] {
  return [...groupBy(sent, ({ currency }) => currency)]
    .map(([currency, periods]) => ({ currency, periods }))
    .filter(({ currency, periods }) => {
      const held = known.costs.filter((each) => each.currency === currency);
      return JSON.stringify(held.map(costRow)) !== JSON.stringify(periods.map(costRow));
    });
}

// A batch has one cost for all time, so a change of it reaches every sale of the product; other periods may, too.
function reachOf(costFrom: Date | undefined, reachesAll: boolean): { from: Date | null } | undefined {
  if (reachesAll) return { from: null };
  if (costFrom === undefined) return undefined;
  return { from: costFrom.getTime() === sinceEver.getTime() ? null : costFrom };
}
