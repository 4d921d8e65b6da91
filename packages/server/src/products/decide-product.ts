import { moneyText } from '../vocabulary/money.ts';
import type { NormalProduct } from './normalise-product.ts';
import { rewriteCosts } from './rewrite-costs.ts';
import { type BatchCost, type CostPeriod, type ProductCosts, sinceEver } from './unit-cost.ts';

/** A product as the table holds it. */
export type HeldProduct = { id: string; sku: string | null; name: string | null; category: string | null };

/** What recording a product comes to. */
export type DecidedProduct = HeldProduct & {
  outcome: 'created' | 'updated' | 'unchanged';
  /** The currency's periods in place of those held; undefined when they stay. */
  costs: { currency: string; periods: CostPeriod[] } | undefined;
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
  if (rewritten !== undefined) {
    before.costs = heldCosts.map(costRow);
    after.costs = rewritten.costs.map(costRow);
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
    costs: rewritten && { currency: sent.cost!.currency, periods: rewritten.costs },
    batches,
    reaches: reachOf(rewritten?.from, batches.length > 0),
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

// A batch has one cost for all time, so a change of it reaches every sale of the product.
function reachOf(costFrom: Date | undefined, batchChanged: boolean): { from: Date | null } | undefined {
  if (batchChanged) return { from: null };
  if (costFrom === undefined) return undefined;
  return { from: costFrom.getTime() === sinceEver.getTime() ? null : costFrom };
}
