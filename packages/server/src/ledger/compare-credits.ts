import type { Credit } from '../vocabulary/credit.ts';

/** What the ledger says, summed: one row per line, product, campaign, version, sale time and whether the profit is known. */
export type PostedCredit = {
  order_id: string;
  line_no: number;
  product_id: string | null;
  campaign_id: string;
  model_version_id: string;
  currency: string;
  sale_time: Date;
  profit_known: boolean;
  quantity_e4: bigint;
  revenue_minor: bigint;
  profit_minor: bigint;
};

export type EntryKind = 'credit' | 'reversal' | 'refund' | 'correction';

/** A signed change to the ledger, ready to be posted. `profit_minor` is null where the profit is unknown. */
export type CreditDifference = Credit & {
  order_id: string;
  /** The line's; null for line 0. */
  product_id: string | null;
  model_version_id: string;
  currency: string;
  sale_time: Date;
  kind: EntryKind;
  reason: string;
};

/** What settlement knows that names the difference. */
export type Circumstances = {
  countable: boolean;
  status: string;
  /** Refunds that came since the order was last settled. */
  new_refunds: number;
  cause: string;
};

/**
 * The entries that turn what is posted of one order into what should be, per (line, campaign, version, sale time). Nothing to do
 * gives no entries, so settling twice posts nothing.
 *
 * Product, currency, sale time and whether the profit is known are part of the key: a moved sale time is reversed at
 * the old one and credited at the new, and revenue of known cost never mixes with revenue of unknown cost.
 */
export function compareCredits(
  posted: PostedCredit[],
  decided: Omit<CreditDifference, 'kind' | 'reason'>[],
  circumstances: (modelVersionId: string) => Circumstances,
): CreditDifference[] {
  const differences = new Map<string, CreditDifference & { had: boolean; profitKnown: boolean }>();
  for (const credit of decided) {
    const profitKnown = credit.profit_minor !== null;
    differences.set(keyOf(credit, profitKnown), {
      ...credit,
      kind: 'credit',
      reason: '',
      had: false,
      profitKnown,
    });
  }
  for (const row of posted) {
    const key = keyOf(row, row.profit_known);
    const wanted = differences.get(key);
    differences.set(key, {
      order_id: row.order_id,
      line_no: row.line_no,
      product_id: row.product_id,
      campaign_id: row.campaign_id,
      model_version_id: row.model_version_id,
      currency: row.currency,
      sale_time: row.sale_time,
      matched_count: wanted?.matched_count ?? 0,
      quantity_e4: (wanted?.quantity_e4 ?? 0n) - row.quantity_e4,
      revenue_minor: (wanted?.revenue_minor ?? 0n) - row.revenue_minor,
      profit_minor: row.profit_known ? (wanted?.profit_minor ?? 0n) - row.profit_minor : null,
      kind: 'credit',
      reason: '',
      had: true,
      profitKnown: row.profit_known,
    });
  }
  return [...differences.values()].filter(isChange).map(({ had, profitKnown: _, ...difference }) => ({
    ...difference,
    ...nameDifference(had, circumstances(difference.model_version_id)),
  }));
}

function nameDifference(had: boolean, now: Circumstances): { kind: EntryKind; reason: string } {
  if (!had) return { kind: 'credit', reason: now.cause };
  if (!now.countable) return { kind: 'reversal', reason: `order is ${now.status}` };
  if (now.new_refunds > 0) return { kind: 'refund', reason: 'order refunded' };
  return { kind: 'correction', reason: now.cause };
}

function isChange(difference: CreditDifference): boolean {
  return (
    difference.quantity_e4 !== 0n || difference.revenue_minor !== 0n || (difference.profit_minor ?? 0n) !== 0n
  );
}

type Place = Pick<
  PostedCredit,
  'line_no' | 'product_id' | 'campaign_id' | 'model_version_id' | 'currency' | 'sale_time'
>;

function keyOf(row: Place, profitKnown: boolean): string {
  return `${row.line_no}|${row.product_id}|${row.campaign_id}|${row.model_version_id}|${row.currency}|${row.sale_time.getTime()}|${profitKnown}`;
}
