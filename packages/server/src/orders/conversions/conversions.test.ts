import { describe, expect, it } from 'vitest';
import { startApi } from '../../../test/api.ts';
import { must } from '../../../test/shop.ts';

const api = await startApi();
const converted_at = '2026-02-01T12:00:00Z';

async function campaign(name: string): Promise<string> {
  return must(await api.post('/campaigns', { name, platform: 'email' }), 201).data.id;
}

function convert(external_id: string, fields: Record<string, unknown> = {}) {
  return api.post('/conversions', {
    source: 'crm',
    external_id,
    kind: 'sale',
    value: 120,
    converted_at,
    ...fields,
  });
}

async function orderOf(reply: { body: { data: { order_id: string } } }) {
  return must(await api.get(`/orders/${reply.body.data.order_id}`), 200).data;
}

/** `sales revenue` of a campaign as its sources claim it. */
async function claimed(campaignId: string): Promise<string> {
  const { rows } = await api.pool.query(
    'select total_sales, total_revenue from reporting.campaign_performance_summary where campaign_id = $1',
    [campaignId],
  );
  return `${rows[0].total_sales} ${Number(rows[0].total_revenue)}`;
}

describe('a sale of a CRM', () => {
  it('that names no order is an order without lines, claimed for its campaign', async () => {
    const id = await campaign('Sale alone');
    const made = await convert('alone', {
      campaign: 'Sale alone',
      retailer: 'Westime',
      customer: { external_id: 'c1', email: 'c1@example.com' },
    });
    expect(made).toMatchObject({ status: 201, body: { meta: { outcome: 'created' } } });
    expect(made.body.data).toMatchObject({
      campaign_id: id,
      value: 120,
      names_order: false,
      retailer: 'Westime',
    });
    expect(await orderOf(made)).toMatchObject({
      source: 'crm',
      external_id: 'alone',
      total: 120,
      lines: [],
      status: 'completed',
      received_via: 'api',
      reported_campaign: id,
      retailer: 'Westime',
      customer: { email: 'c1@example.com' },
    });
    expect(await claimed(id)).toBe('1 120');
  });

  it('is recorded once, changed by a newer version, and not by an older one', async () => {
    const id = await campaign('Versions');
    const version = (day: number, value: number) =>
      convert('versions', { campaign: 'Versions', value, updated_at: `2026-02-0${day}T00:00:00Z` });
    const outcomes = [];
    for (const [day, value] of [
      [2, 100],
      [2, 100],
      [4, 150],
      [3, 130],
      [4, 150],
    ] as const) {
      outcomes.push((await version(day, value)).body.meta.outcome);
    }
    expect(outcomes).toEqual(['created', 'unchanged', 'updated', 'ignored_older', 'unchanged']);
    expect(await claimed(id)).toBe('1 150');
    const conversion = (await version(4, 150)).body.data.id;
    const { data } = must(await api.get(`/audit?subject_id=${conversion}`), 200);
    // Both may have happened in the same millisecond.
    const byAction = data.toSorted((a: { action: string }, b: { action: string }) =>
      a.action < b.action ? -1 : 1,
    );
    expect(byAction).toMatchObject([
      { action: 'conversion.ignore', after: { value_minor: '13000' } },
      { action: 'conversion.update', before: { value_minor: '10000' } },
    ]);
  });

  it('that is withdrawn, or turns out to be a lead, leaves a cancelled order and no revenue', async () => {
    const id = await campaign('Withdrawn');
    const first = await convert('gone', { campaign: 'Withdrawn' });
    const second = await convert('cooled', { campaign: 'Withdrawn' });
    expect(await claimed(id)).toBe('2 240');
    await convert('gone', { campaign: 'Withdrawn', withdrawn: true });
    await convert('cooled', { campaign: 'Withdrawn', kind: 'lead' });
    expect([(await orderOf(first)).status, (await orderOf(second)).status]).toEqual([
      'cancelled',
      'cancelled',
    ]);
    expect(await claimed(id)).toBe('0 0');
  });

  it('that names an order is that order: counted once, whichever comes first', async () => {
    const shopOrder = (external_id: string, name: string) =>
      api.post('/orders', {
        source: 'shop',
        external_id,
        currency: 'EUR',
        ordered_at: converted_at,
        status: 'confirmed',
        reported_campaign: name,
        total: 120,
      });
    const order = (external_id: string) => ({ order: { source: 'shop', external_id } });
    const before = await campaign('Order first');
    const known = must(await shopOrder('s-1', 'Order first'), 201).data.id;
    const sale = await convert('d-1', { campaign: 'Order first', ...order('s-1') });
    expect(sale.body.data).toMatchObject({ order_id: known, names_order: true });
    expect(await claimed(before)).toBe('1 120');

    const after = await campaign('Deal first');
    await convert('d-2', { campaign: 'Deal first', ...order('s-2') });
    expect(await claimed(after)).toBe('1 120');
    must(await shopOrder('s-2', 'Deal first'), 201);
    expect(await claimed(after)).toBe('1 120');
    await convert('d-3', { campaign: 'Deal first', ...order('s-2') });
    expect(await claimed(after)).toBe('1 120');
  });

  it('that names the send that led to it is of its campaign and retailer, unless it names others', async () => {
    const id = await campaign('By mail');
    must(await api.post('/partners', { kind: 'retailer', name: 'Mailed House' }), 201);
    const mailing = must(
      await api.post(`/campaigns/${id}/email-campaigns`, { subject: 'x', sender_email: 'b@example.com' }),
      201,
    ).data.id;
    const items = [{ recipient_email: 'm@example.com', retailer: 'Mailed House' }];
    const sent = must(await api.post(`/email-campaigns/${mailing}/sends/batch`, { items }), 200).data[0];
    const made = await convert('by-send', { send_id: sent.id });
    expect(made.body.data).toMatchObject({ campaign_id: id, retailer: 'Mailed House' });
    expect(await claimed(id)).toBe('1 120');

    const other = await campaign('Not by mail');
    const told = await convert('by-send', { send_id: sent.id, campaign: other, retailer: 'Other House' });
    expect(told.body.data).toMatchObject({ campaign_id: other, retailer: 'Other House' });
    expect([await claimed(id), await claimed(other)]).toEqual(['0 0', '1 120']);
  });

  it('that comes to name its order leaves the one made of it cancelled', async () => {
    const id = await campaign('Named later');
    const own = await convert('later', { campaign: 'Named later' });
    await convert('later', { campaign: 'Named later', order: { source: 'shop', external_id: 'l-1' } });
    expect((await orderOf(own)).status).toBe('cancelled');
    expect(await claimed(id)).toBe('1 120');
  });

  it('is no revenue where its order is cancelled or refunded', async () => {
    const id = await campaign('Given back');
    const made = await convert('back', { campaign: 'Given back' });
    const order = made.body.data.order_id;
    must(await api.post(`/orders/${order}/refunds`, { external_id: 'r', amount: 20 }), 201);
    expect(await claimed(id)).toBe('1 100');
    must(await api.patch(`/orders/${order}/status`, { status: 'cancelled' }), 200);
    expect(await claimed(id)).toBe('0 0');
  });
});

describe('leads and sign-ups', () => {
  it('have a value, and are neither orders nor revenue', async () => {
    const id = await campaign('Leads');
    for (const kind of ['lead', 'signup', 'demo_request']) {
      const made = await convert(kind, { kind, campaign: 'Leads', value: 500 });
      expect(made.body.data).toMatchObject({ kind, value: 500, order_id: null });
    }
    expect(
      (await convert('free', { kind: 'signup', campaign: 'Leads', value: null })).body.data.value,
    ).toBeNull();
    expect(await claimed(id)).toBe('0 0');
    const { data } = must(await api.get(`/conversions?campaign_id=${id}&limit=2`), 200);
    expect(data).toHaveLength(2);
  });
});

describe('a conversion is refused', () => {
  // biome-ignore format: a story table is read by its columns
  it.each<[string, Record<string, unknown>, string]>([
    ['as a sale without a value',        { value: undefined },                                      'value'],
    ['when its value is negative',       { value: -1 },                                             'value'],
    ['for a campaign nobody knows',      { campaign: 'No such' },                                   'campaign'],
    ['for a send nobody knows',          { send_id: '0192f7a0-0000-7000-8000-000000000000' },       'send_id'],
    ['as a lead that is an order',       { kind: 'lead', order: { external_id: 'x' } },             'order'],
    ['with a field nobody knows',        { amount: 5 },                                             'amount'],
  ])('%s', async (_, fields, path) => {
    const reply = await convert('refused', fields);
    expect(reply.status).toBe(422);
    expect(reply.body.error.fields).toContainEqual({ path, message: expect.any(String) });
  });

  it('alone, where others of its batch are recorded', async () => {
    const item = (external_id: string, value: number) => ({ external_id, kind: 'sale', value, converted_at });
    const { meta, data } = must(
      await api.post('/conversions/batch', { items: [item('b1', 1), item('b2', -1), item('b3', 3)] }),
      200,
    );
    expect(meta).toMatchObject({ created: 2, rejected: 1 });
    expect(data[1]).toMatchObject({ external_id: 'b2', outcome: 'rejected' });
  });
});

describe('conversions are shown', () => {
  it('to the retailer whose they are, and to no other', async () => {
    const partner = { kind: 'retailer', name: 'East House', aliases: ['EH-1'] };
    const { id } = must(await api.post('/partners', partner), 201).data;
    const calls = { 'by-name': 'east house', 'by-alias': 'eh-1', 'by-id': id, others: 'West House' };
    for (const [external_id, retailer] of Object.entries(calls)) await convert(external_id, { retailer });
    const key = must(
      await api.post('/api-keys', { name: 'east', role: 'retailer', owner_scope: ['East House'] }),
      201,
    ).data.key;
    for (const path of ['/conversions', '/orders']) {
      const { data } = must(await api.get(path, { authorization: `Bearer ${key}` }), 200);
      const ids = data.map(({ external_id }: { external_id: string }) => external_id);
      expect(ids.sort()).toEqual(['by-alias', 'by-id', 'by-name']);
    }
  });
});
