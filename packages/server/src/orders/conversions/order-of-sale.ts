import { formatMoney } from '../../vocabulary/money.ts';
import type { OrderInput } from '../order-input.ts';
import type { ConversionInput } from './conversion-input.ts';
import type { ConversionRow } from './conversion-row.ts';

/**
 * The order that is made of a conversion: of a sale that names none, an order of the CRM without lines. Where such an
 * order was made before and the conversion no longer is one, the order is cancelled, not forgotten.
 */
export function orderOfSale(
  input: ConversionInput,
  before: ConversionRow | undefined,
  after: ConversionRow,
): OrderInput[] {
  if (isOrder(after)) return [orderFrom(input, after, after.withdrawn ? 'cancelled' : 'completed')];
  return before !== undefined && isOrder(before) ? [orderFrom(input, before, 'cancelled')] : [];
}

function isOrder({ kind, names_order }: ConversionRow): boolean {
  return kind === 'sale' && !names_order;
}

function orderFrom(
  input: ConversionInput,
  row: ConversionRow,
  status: 'completed' | 'cancelled',
): OrderInput {
  return {
    source: row.source,
    external_id: row.external_id,
    currency: row.currency,
    ordered_at: row.converted_at,
    updated_at: row.updated_at,
    status,
    customer: input.customer,
    retailer: row.retailer,
    reported_campaign: row.campaign_id ?? row.reported_campaign,
    prices_include_tax: false,
    total: formatMoney(row.value_minor ?? 0n, row.currency),
  };
}
