/** What HubSpot has told of a deal, property by property; the time is that of the last of them. */
export type Deal = {
  portal_id: bigint;
  deal_id: bigint;
  properties: Map<string, string>;
  first_told_at: Date;
  last_told_at: Date;
};

/** Stands among the properties of a deal that was deleted. */
export const deleted = 'deleted in HubSpot';

/**
 * A deal as a conversion: a sale once it is won and has an amount, a lead until then, withdrawn when it is lost or
 * deleted. Campaign, retailer, order and category are read from properties of these names.
 *
 * @param wonStages the ids of the stages in which a deal is won
 */
export function assembleDeal(
  { portal_id, deal_id, properties, first_told_at, last_told_at }: Deal,
  wonStages: string[],
): Record<string, unknown> {
  const told = (...names: string[]) => names.map((name) => properties.get(name)).find(Boolean);
  const stage = told('dealstage') ?? '';
  const amount = told('amount');
  const isSale = wonStages.includes(stage) && amount !== undefined;
  const order = told('touchstone_order', 'order_id');
  const given = {
    value: amount,
    currency: told('deal_currency_code')?.toUpperCase(),
    product_category: told('product_category'),
    campaign: told('touchstone_campaign', 'utm_campaign', 'campaign'),
    retailer: told('touchstone_retailer', 'retailer'),
    order: isSale && order ? { source: told('order_source'), external_id: order } : undefined,
  };
  return {
    source: `hubspot:${portal_id}`,
    external_id: String(deal_id),
    kind: isSale ? 'sale' : 'lead',
    converted_at: timeIn(told(isSale ? 'closedate' : 'createdate')) ?? first_told_at.toISOString(),
    updated_at: last_told_at.toISOString(),
    withdrawn: stage === 'closedlost' || properties.has(deleted),
    ...withoutMissing({ ...given, order: given.order && withoutMissing(given.order) }),
  };
}

/** Milliseconds since 1970 or ISO 8601, as HubSpot writes both. */
function timeIn(text: string | undefined): string | undefined {
  const instant = new Date(/^\d+$/.test(text ?? '') ? Number(text) : (text ?? ''));
  return Number.isNaN(instant.getTime()) ? undefined : instant.toISOString();
}

function withoutMissing(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
