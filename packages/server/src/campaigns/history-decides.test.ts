import { describe, expect, it } from 'vitest';
import { startApi } from '../../test/api.ts';
import { day } from '../../test/story-days.ts';

// What the room promises to attribution, told through the whole product: history decides, not today's state.

const api = await startApi({ now: day(10).toISOString() });
let sold = 0;

async function product() {
  const external_id = `product ${++sold}`;
  await api.post('/products', { external_id });
  return external_id;
}

async function create(external_id: string, fields: Record<string, unknown> = {}) {
  const campaign = { name: 'Spring', platform: 'facebook', starts_at: day(5), ...fields };
  const { body } = await api.post('/campaigns', campaign);
  await api.post(`/campaigns/${body.data.id}/products`, { external_ids: [external_id] });
  return body.data.id as string;
}

async function sell(external_id: string, at: number) {
  const { body, status } = await api.post('/orders', {
    external_id: `order ${++sold}`,
    currency: 'EUR',
    ordered_at: day(at),
    status: 'completed',
    lines: [{ product: { external_id }, quantity: 1, unit_price: 100 }],
  });
  expect(status).toBe(201);
  return body.data.id as string;
}

/** What the campaign holds of each order now, in euros. */
async function held(campaignId: string, orders: string[]) {
  await api.settle();
  const sums: number[] = [];
  for (const id of orders) {
    const { body } = await api.get(`/orders/${id}/credits?model=product_full`);
    const own = body.data.filter(({ campaign_id }: { campaign_id: string }) => campaign_id === campaignId);
    sums.push(own.reduce((sum: number, { revenue }: { revenue: number }) => sum + revenue, 0));
  }
  return sums;
}

describe('credit follows the periods', () => {
  it('of a campaign entered late, back to its start and not before', async () => {
    const dress = await product();
    const orders = [await sell(dress, 4), await sell(dress, 5), await sell(dress, 9)];
    const id = await create(dress);
    expect(await held(id, orders)).toEqual([0, 0, 0]);
    await api.put(`/campaigns/${id}/activate`);
    expect(await held(id, orders)).toEqual([0, 100, 100]);
  });

  it('of the time of the sale, whatever the campaign does today', async () => {
    api.clock.set(day(10));
    const dress = await product();
    const id = await create(dress);
    await api.put(`/campaigns/${id}/activate`);
    api.clock.set(day(12));
    await api.put(`/campaigns/${id}/deactivate`);
    api.clock.set(day(14));
    await api.put(`/campaigns/${id}/activate`);
    const orders = [
      await sell(dress, 11),
      await sell(dress, 12),
      await sell(dress, 13),
      await sell(dress, 14),
    ];
    expect(await held(id, orders)).toEqual([100, 0, 0, 100]);
    await api.patch(`/campaigns/${id}/status`, { status: 'ended' });
    expect(await held(id, orders)).toEqual([100, 0, 0, 0]);
  });

  it('of the target too: removed, a product keeps what it had', async () => {
    api.clock.set(day(10));
    const dress = await product();
    const id = await create(dress, { activate: true });
    const [target] = (await api.get(`/campaigns/${id}/products`)).body.data;
    api.clock.set(day(12));
    const orders = [await sell(dress, 9), await sell(dress, 11), await sell(dress, 12)];
    expect(await held(id, orders)).toEqual([0, 100, 100]);
    await api.delete(`/campaigns/${id}/products/${target.id}`);
    expect(await held(id, orders)).toEqual([0, 100, 0]);
  });

  type Change = (
    id: string,
    target: string,
    dryRun: Record<string, unknown>,
  ) => Promise<{ body: { data: unknown } }>;
  const reason = 'it was so';
  const query = (asked: Record<string, unknown>) =>
    Object.entries(asked)
      .map(([name, value]) => `${name}=${value}`)
      .join('&');
  // biome-ignore format: a story table is read by its columns
  it.each<[string, Change, number[]]>([
    // story                           change                                                                                                     sales of day 6, 7, 9
    ['a pause said late',             (id, _, dry) => api.put(`/campaigns/${id}/deactivate`, { effective_at: day(7), ...dry }),               [100, 0, 0]],
    ['an end said late',              (id, _, dry) => api.patch(`/campaigns/${id}/status`, { status: 'ended', effective_at: day(9), ...dry }), [100, 100, 0]],
    ['a start moved back',            (id, _, dry) => api.patch(`/campaigns/${id}`, { starts_at: day(7), ...dry }),                           [0, 100, 100]],
    ['an end moved back',             (id, _, dry) => api.put(`/campaigns/${id}`, { ends_at: day(9), ...dry }),                               [100, 100, 0]],
    ['a target removed late',         (id, target, dry) => api.delete(`/campaigns/${id}/products/${target}?effective_at=${day(7).toISOString()}&${query(dry)}`), [100, 0, 0]],
    ['nothing but a name',            (id, _, dry) => api.put(`/campaigns/${id}`, { name: 'New', ...dry }),                                           [100, 100, 100]],
  ])('%s moves what its dry run, which needs no reason, said it would', async (_, change, after) => {
    api.clock.set(day(10));
    const dress = await product();
    const orders = [await sell(dress, 6), await sell(dress, 7), await sell(dress, 9)];
    const id = await create(dress);
    const [target] = (await api.get(`/campaigns/${id}/products`)).body.data;
    await api.put(`/campaigns/${id}/activate`);
    expect(await held(id, orders)).toEqual([100, 100, 100]);

    const preview = await change(id, target.id, { dry_run: true });
    expect(await held(id, orders)).toEqual([100, 100, 100]);
    const lost = after.filter((revenue) => revenue === 0).length;
    const moved = ['product_full', 'product_split'].map((model) => ({
      model,
      currency: 'EUR',
      revenue: lost * 100,
      campaigns: [{ campaign_id: id, before: lost * 100, after: 0 }],
    }));
    expect(preview.body.data).toEqual({ dry_run: true, would: { orders: lost, moved: lost === 0 ? [] : moved } });

    await change(id, target.id, { reason });
    expect(await held(id, orders)).toEqual(after);
  });
});
