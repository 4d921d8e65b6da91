import { bucketOf } from '../buckets.ts';
import { type CustomerOrder, personKey } from './customer-order.ts';

/** What an acquisition rollup sums of one campaign, one currency and one UTC day. */
export type AcquisitionMeasures = {
  /** Customers acquired on that day, and all orders and revenue of theirs to date in the currency. */
  customers: bigint;
  orders: bigint;
  revenue_minor: bigint;
  /** Customers' first orders on that day of which the campaign holds credit, and that credit. */
  new_orders: bigint;
  new_revenue_minor: bigint;
};

export const acquisitionNames = [
  'customers',
  'orders',
  'revenue_minor',
  'new_orders',
  'new_revenue_minor',
] as const satisfies readonly (keyof AcquisitionMeasures)[];

export type AcquisitionRow = {
  model_version_id: string;
  currency: string;
  bucket: Date;
  campaign_id: string;
  measures: AcquisitionMeasures;
};

/** Rows by their key. */
export type AcquisitionRows = Map<string, AcquisitionRow>;

/** The credited revenue of an order under a version, by campaign; campaigns without credit are absent. */
export type CreditedRevenue = (order: CustomerOrder) => Map<string, bigint>;

/** Adds `times` × what these orders, all of each of their persons, mean for the acquisition rollups. */
export function sumAcquisitions(
  rows: AcquisitionRows,
  orders: CustomerOrder[],
  times: 1n | -1n,
  creditedRevenue: CreditedRevenue,
): void {
  const acquired = new Map(
    orders.filter(({ is_acquiring }) => is_acquiring).map((order) => [personKey(order), order]),
  );
  for (const order of orders) {
    const acquisition = acquired.get(personKey(order));
    if (acquisition !== undefined && acquisition.currency === order.currency) {
      add(rows, acquisition, acquisition.campaign_id!, {
        customers: order === acquisition ? times : 0n,
        orders: times,
        revenue_minor: times * order.revenue_minor,
      });
    }
    if (!order.is_first) continue;
    for (const [campaignId, revenue] of creditedRevenue(order)) {
      add(rows, order, campaignId, { new_orders: times, new_revenue_minor: times * revenue });
    }
  }
}

export function noAcquisitions(): AcquisitionMeasures {
  return { customers: 0n, orders: 0n, revenue_minor: 0n, new_orders: 0n, new_revenue_minor: 0n };
}

/** Adds `more` to `sum`, in place. */
export function addAcquisitions(sum: AcquisitionMeasures, more: Partial<AcquisitionMeasures>): void {
  for (const name of acquisitionNames) sum[name] += more[name] ?? 0n;
}

export function acquisitionKey({
  model_version_id,
  currency,
  bucket,
  campaign_id,
}: Omit<AcquisitionRow, 'measures'>): string {
  return `${model_version_id}|${currency}|${bucket.toISOString()}|${campaign_id}`;
}

function add(
  rows: AcquisitionRows,
  { model_version_id, currency, sale_time }: CustomerOrder,
  campaign_id: string,
  more: Partial<AcquisitionMeasures>,
): void {
  const place = { model_version_id, currency, bucket: bucketOf(sale_time, 'day'), campaign_id };
  const key = acquisitionKey(place);
  const row = rows.get(key) ?? { ...place, measures: noAcquisitions() };
  rows.set(key, row);
  addAcquisitions(row.measures, more);
}
