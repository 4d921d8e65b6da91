import type { Api, ApiReply } from './api.ts';

/**
 * Tells a story through the API: `shop.product('shoe')`, `shop.campaign('A', …)`, `shop.order('o1', …)`, then asks
 * what the ledger says as a table of rows `order line campaign model quantity revenue profit`.
 * Names are made unique per shop, so that stories share a database without meeting.
 */
export function openShop(api: Api, name: string) {
  const productIds = new Map<string, string>();
  const campaignIds = new Map<string, string>();
  const orderIds = new Map<string, string>();
  const nameOfCampaign = (id: string) => [...campaignIds].find(([, known]) => known === id)?.[0] ?? id;
  const source = name;

  async function product(product: string, fields: Record<string, unknown> = {}): Promise<string> {
    const reply = await api.post('/products', { source, external_id: product, name: product, ...fields });
    productIds.set(product, must(reply, 200, 201).data.id);
    return productIds.get(product)!;
  }

  /** A campaign that has run since `starts_at` for these products, unless told otherwise. */
  async function campaign(
    campaign: string,
    {
      targets = [],
      draft = false,
      parent,
      ...fields
    }: { targets?: string[]; draft?: boolean; parent?: string } & Record<string, unknown> = {},
  ): Promise<string> {
    const created = must(
      await api.post('/campaigns', {
        name: campaign,
        platform: 'instagram',
        campaign_type: 'post',
        starts_at: '2026-01-01T00:00:00Z',
        ...(parent === undefined ? {} : { parent_campaign_id: campaignIds.get(parent) }),
        ...fields,
      }),
      201,
    ).data;
    campaignIds.set(campaign, created.id);
    if (targets.length > 0) await target(campaign, targets);
    if (!draft) must(await api.put(`/campaigns/${created.id}/activate`), 200);
    return created.id;
  }

  async function target(campaign: string, products: string[], fields: Record<string, unknown> = {}) {
    const product_ids = products.map((product) => productIds.get(product));
    const path = `/campaigns/${campaignIds.get(campaign)}/products`;
    return must(await api.post(path, { product_ids, ...fields }), 200, 201).data;
  }

  async function untarget(campaign: string, product: string, query = '') {
    const { data } = must(await api.get(`/campaigns/${campaignIds.get(campaign)}/products`), 200);
    const open = data.find(
      (row: { product_id: string; effective_to: string | null }) =>
        row.product_id === productIds.get(product) && row.effective_to === null,
    );
    return must(await api.delete(`/campaigns/${campaignIds.get(campaign)}/products/${open.id}${query}`), 200);
  }

  async function status(campaign: string, status: string, fields: Record<string, unknown> = {}) {
    return must(
      await api.patch(`/campaigns/${campaignIds.get(campaign)}/status`, { status, ...fields }),
      200,
    );
  }

  /** Lines as [product, quantity, unit price, more]. */
  async function order(
    order: string,
    {
      at = '2026-02-01T12:00:00Z',
      lines = [],
      ...fields
    }: { at?: string; lines?: [string, number, number, Record<string, unknown>?][] } & Record<
      string,
      unknown
    >,
  ) {
    const reply = must(
      await api.post('/orders', {
        source,
        external_id: order,
        currency: 'EUR',
        ordered_at: at,
        status: 'confirmed',
        lines: lines.map(([product, quantity, unit_price, more = {}]) => ({
          product: { external_id: product },
          quantity,
          unit_price,
          ...more,
        })),
        ...fields,
      }),
      200,
      201,
    );
    orderIds.set(order, reply.data.id);
    return reply;
  }

  const path = (order: string) => `/orders/${orderIds.get(order)}`;

  async function orderStatus(order: string, status: string) {
    return must(await api.patch(`${path(order)}/status`, { status }), 200);
  }

  async function refund(order: string, refund: Record<string, unknown>) {
    return must(await api.post(`${path(order)}/refunds`, refund), 200, 201);
  }

  /** What campaigns hold of an order now: `line campaign quantity revenue profit`, in the order of the ledger. */
  async function credits(order: string, model = 'product_split'): Promise<string[]> {
    const { meta } = must(await api.get(`${path(order)}/credits?model=${model}`), 200);
    return meta.net
      .map(
        (net: {
          line_no: number;
          campaign_id: string;
          quantity: number;
          revenue: number;
          profit: number | null;
        }) =>
          [
            net.line_no,
            nameOfCampaign(net.campaign_id),
            net.quantity,
            net.revenue.toFixed(2),
            net.profit?.toFixed(2) ?? '–',
          ].join(' '),
      )
      .sort();
  }

  /** The ledger's rows of an order: `line campaign kind quantity revenue`, in the order they were posted. */
  async function entries(order: string, model = 'product_split'): Promise<string[]> {
    const { data } = must(await api.get(`${path(order)}/credits?model=${model}`), 200);
    return data.map(
      (entry: { line_no: number; campaign_id: string; kind: string; quantity: number; revenue: number }) =>
        [
          entry.line_no,
          nameOfCampaign(entry.campaign_id),
          entry.kind,
          entry.quantity,
          entry.revenue.toFixed(2),
        ].join(' '),
    );
  }

  async function explain(order: string) {
    return must(await api.get(`${path(order)}/explain`), 200).data;
  }

  return {
    source,
    productIds,
    campaignIds,
    orderIds,
    product,
    campaign,
    target,
    untarget,
    status,
    order,
    orderStatus,
    refund,
    credits,
    entries,
    explain,
    path,
  };
}

/** The body of a reply that must have one of these statuses. */
export function must(reply: ApiReply, ...statuses: number[]) {
  if (!statuses.includes(reply.status)) {
    throw new Error(`expected ${statuses.join(' or ')}, got ${reply.status}: ${reply.text}`);
  }
  return reply.body;
}
