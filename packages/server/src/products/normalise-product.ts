import type { FieldFault } from '../vocabulary/errors.ts';
import { derivedId } from '../vocabulary/ids.ts';
import { amountReader } from '../vocabulary/read-amounts.ts';
import type { ProductInput } from './product-input.ts';
import { readCostPeriods } from './read-cost-periods.ts';
import type { BatchCost, CostPeriod } from './unit-cost.ts';

/** A product as it will be recorded. Undefined: left as it is; null: cleared. */
export type NormalProduct = {
  id: string;
  source: string;
  external_id: string;
  sku: string | null | undefined;
  name: string | null | undefined;
  category: string | null | undefined;
  cost: { currency: string; unit_cost_minor: bigint; from: Date | undefined } | undefined;
  /** All periods of the currencies they are in, in the order of time. */
  costs: CostPeriod[];
  batches: BatchCost[];
  reason: string | null;
};

/** Checks what a schema cannot: decimals against their currency, the reason a reach into the past needs. */
export function normaliseProduct(
  input: ProductInput,
  defaultCurrency: string,
  now: Date,
): { product: NormalProduct; faults: FieldFault[] } {
  const faults: FieldFault[] = [];
  const currency = input.currency ?? defaultCurrency;
  const read = amountReader(faults);

  if (input.cost_from !== undefined && input.cost === undefined) {
    faults.push({ path: 'cost_from', message: 'says from when a cost holds; give the cost too' });
  }
  if (input.cost_from !== undefined && input.cost_from < now && input.reason === undefined) {
    faults.push({
      path: 'reason',
      message: 'is required when cost_from lies in the past: say why the cost changes',
    });
  }
  const unitCost = input.cost === undefined ? undefined : read.money('cost', input.cost, currency);
  const batches = (input.batches ?? []).map((batch, place) => ({
    batch: batch.batch,
    currency: batch.currency ?? currency,
    unit_cost_minor: read.money(`batches.${place}.unit_cost`, batch.unit_cost, batch.currency ?? currency),
  }));
  batches.forEach((batch, place) => {
    const first = batches.findIndex((each) => each.batch === batch.batch && each.currency === batch.currency);
    if (first === place) return;
    faults.push({
      path: `batches.${place}.batch`,
      message: `is the same as batches.${first}; give a batch once`,
    });
  });

  const product = {
    id: derivedId('product', input.source, input.external_id),
    source: input.source,
    external_id: input.external_id,
    sku: input.sku,
    name: input.name,
    category: input.category,
    cost: unitCost === undefined ? undefined : { currency, unit_cost_minor: unitCost, from: input.cost_from },
    costs: readCostPeriods(input, currency, read, faults),
    batches,
    reason: input.reason ?? null,
  };
  return { product, faults };
}
