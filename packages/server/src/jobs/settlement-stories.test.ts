import { afterEach, describe, expect, test } from 'vitest';
import { startApi } from '../../test/api.ts';
import { must, openShop } from '../../test/shop.ts';

const api = await startApi({ now: '2026-03-01T12:00:00Z' });

// Whatever a story tells, what stands at its end is what the facts say.
afterEach(async () => {
  await api.settle();
  const { data } = must(await api.post('/admin/verify'), 200);
  expect(data.differences).toEqual([]);
  expect(data.pending).toBe(0);
  api.clock.set('2026-03-01T12:00:00Z');
});

describe('who is credited', () => {
  test('three campaigns on one product hold 33.34, 33.33 and 33.33 of 100.00, and in full 100.00 each', async () => {
    const shop = openShop(api, 'three');
    await shop.product('shoe', { cost: 40 });
    for (const campaign of ['A', 'B', 'C']) {
      await shop.campaign(campaign, { targets: ['shoe'] });
      api.clock.advance(1000);
    }
    await shop.order('o', { lines: [['shoe', 1, 100]] });
    await api.settle();
    expect(await shop.credits('o')).toEqual([
      '1 A 0.3334 33.34 20.00',
      '1 B 0.3333 33.33 20.00',
      '1 C 0.3333 33.33 20.00',
    ]);
    expect(await shop.credits('o', 'product_full')).toEqual([
      '1 A 1 100.00 60.00',
      '1 B 1 100.00 60.00',
      '1 C 1 100.00 60.00',
    ]);
  });

  test('a removed target credits the sales before its removal and none after', async () => {
    const shop = openShop(api, 'removal');
    await shop.product('shoe');
    await shop.campaign('A', { targets: ['shoe'] });
    await shop.order('before', { at: '2026-03-01T11:59:59.999Z', lines: [['shoe', 1, 50]] });
    await shop.untarget('A', 'shoe');
    await shop.order('at the instant', { at: '2026-03-01T12:00:00Z', lines: [['shoe', 1, 50]] });
    await shop.order('after', { at: '2026-03-02T12:00:00Z', lines: [['shoe', 1, 50]] });
    await api.settle();
    expect(await shop.credits('before')).toEqual(['1 A 1 50.00 –']);
    expect(await shop.credits('at the instant')).toEqual([]);
    expect(await shop.credits('after')).toEqual([]);
  });

  test('history decides, not today: paused at the sale and running now is not credited', async () => {
    const shop = openShop(api, 'pause');
    await shop.product('shoe');
    await shop.campaign('A', { targets: ['shoe'] });
    await shop.status('A', 'paused');
    api.clock.set('2026-03-05T00:00:00Z');
    await shop.status('A', 'running');
    await shop.order('in the pause', { at: '2026-03-03T00:00:00Z', lines: [['shoe', 1, 50]] });
    await shop.order('before it', { at: '2026-02-28T00:00:00Z', lines: [['shoe', 1, 50]] });
    await shop.order('after it', { at: '2026-03-05T00:00:00Z', lines: [['shoe', 1, 50]] });
    await api.settle();
    expect(await shop.credits('in the pause')).toEqual([]);
    expect(await shop.credits('before it')).toEqual(['1 A 1 50.00 –']);
    expect(await shop.credits('after it')).toEqual(['1 A 1 50.00 –']);
    const { lines } = await shop.explain('in the pause');
    expect(lines[0].candidates[0]).toMatchObject({
      credited: false,
      code: 'paused',
      reason: 'It was paused from 2026-03-01T12:00:00Z to 2026-03-05T00:00:00Z.',
    });
  });

  test('a campaign entered late is credited from its start: the past orders it reaches settle by themselves', async () => {
    const shop = openShop(api, 'late');
    await shop.product('shoe');
    await shop.campaign('A', { targets: ['shoe'] });
    await shop.order('o', { lines: [['shoe', 1, 100]] });
    await shop.order('too early', { at: '2026-01-31T23:59:59Z', lines: [['shoe', 1, 100]] });
    await api.settle();
    expect(await shop.credits('o')).toEqual(['1 A 1 100.00 –']);
    api.clock.advance(1000);
    await shop.campaign('B', { targets: ['shoe'], starts_at: '2026-02-01T00:00:00Z' });
    await api.settle();
    expect(await shop.credits('o')).toEqual(['1 A 0.5 50.00 –', '1 B 0.5 50.00 –']);
    expect(await shop.entries('o')).toEqual([
      '1 A credit 1 100.00',
      '1 A correction -0.5 -50.00',
      '1 B credit 0.5 50.00',
    ]);
    expect(await shop.credits('too early')).toEqual(['1 A 1 100.00 –']);
  });

  test('ends_at passing unnoticed ends the credit', async () => {
    const shop = openShop(api, 'ends');
    await shop.product('shoe');
    await shop.campaign('A', { targets: ['shoe'], ends_at: '2026-02-01T12:00:00Z' });
    await shop.order('last', { at: '2026-02-01T11:59:59Z', lines: [['shoe', 1, 50]] });
    await shop.order('first without', { at: '2026-02-01T12:00:00Z', lines: [['shoe', 1, 50]] });
    await api.settle();
    expect(await shop.credits('last')).toEqual(['1 A 1 50.00 –']);
    expect(await shop.credits('first without')).toEqual([]);
  });

  test('a back-dated pause takes back what was credited since, and says so first when asked', async () => {
    const shop = openShop(api, 'back-dated');
    await shop.product('shoe');
    const id = await shop.campaign('A', { targets: ['shoe'] });
    await shop.order('o', { lines: [['shoe', 1, 100]] });
    await api.settle();
    const change = { status: 'paused', effective_at: '2026-02-01T00:00:00Z', reason: 'the post was deleted' };
    const { data } = must(await api.patch(`/campaigns/${id}/status`, { ...change, dry_run: true }), 200);
    expect(data.would).toMatchObject({ orders: 1 });
    await api.settle();
    expect(await shop.credits('o')).toEqual(['1 A 1 100.00 –']);
    must(await api.patch(`/campaigns/${id}/status`, change), 200);
    await api.settle();
    expect(await shop.credits('o')).toEqual([]);
  });
});

describe('what an order carries', () => {
  test('cancelled before the job ran, it never carries credit; reinstated, it does', async () => {
    const shop = openShop(api, 'cancel');
    await shop.product('shoe');
    await shop.campaign('A', { targets: ['shoe'] });
    await shop.order('o', { lines: [['shoe', 2, 50]] });
    await shop.orderStatus('o', 'cancelled');
    await api.settle();
    expect(await shop.entries('o')).toEqual([]);
    await shop.orderStatus('o', 'confirmed');
    await api.settle();
    await shop.orderStatus('o', 'cancelled');
    await api.settle();
    await shop.orderStatus('o', 'delivered');
    await api.settle();
    expect(await shop.entries('o')).toEqual([
      '1 A credit 2 100.00',
      '1 A reversal -2 -100.00',
      '1 A credit 2 100.00',
    ]);
  });

  test('a partial refund keeps the weights and recomputes the shares from the net that remains', async () => {
    const shop = openShop(api, 'refund');
    await shop.product('shoe', { cost: 10 });
    for (const campaign of ['A', 'B', 'C']) {
      await shop.campaign(campaign, { targets: ['shoe'] });
      api.clock.advance(1000);
    }
    await shop.order('o', { lines: [['shoe', 2, 50]] });
    await api.settle();
    await shop.refund('o', { external_id: 'r', lines: [{ line_no: 1, quantity: 1 }] });
    await api.settle();
    expect(await shop.credits('o')).toEqual([
      '1 A 0.3334 16.67 13.34',
      '1 B 0.3333 16.67 13.33',
      '1 C 0.3333 16.66 13.33',
    ]);
    const refunds = (await shop.entries('o')).filter((entry) => entry.includes('refund'));
    expect(refunds).toEqual([
      '1 A refund -0.3333 -16.67',
      '1 B refund -0.3334 -16.66',
      '1 C refund -0.3333 -16.67',
    ]);
  });

  test('a refund without lines is spread over lines, shipping and tax by what is left of each', async () => {
    const shop = openShop(api, 'spread');
    await shop.product('shoe');
    await shop.product('sock');
    await shop.campaign('A', { targets: ['shoe'] });
    await shop.order('o', {
      lines: [
        ['shoe', 1, 60],
        ['sock', 1, 20],
      ],
      shipping: 10,
      tax: 10,
    });
    await shop.refund('o', { external_id: 'r', amount: 50 });
    await api.settle();
    expect(await shop.credits('o')).toEqual(['1 A 1 30.00 –']);
  });

  test('an edited order and a moved sale time are corrected: reversed where they were, credited where they are', async () => {
    const shop = openShop(api, 'edit');
    await shop.product('shoe');
    await shop.campaign('A', { targets: ['shoe'] });
    await shop.order('o', { lines: [['shoe', 1, 80]] });
    await api.settle();
    await shop.order('o', { lines: [['shoe', 1, 90]] });
    await api.settle();
    await shop.order('o', { at: '2026-02-10T12:00:00Z', lines: [['shoe', 1, 90]] });
    await api.settle();
    expect((await shop.entries('o')).sort()).toEqual([
      '1 A correction -1 -90.00',
      '1 A correction 0 10.00',
      '1 A credit 1 80.00',
      '1 A credit 1 90.00',
    ]);
    await shop.order('o', { at: '2025-12-31T12:00:00Z', lines: [['shoe', 1, 90]] });
    await api.settle();
    expect(await shop.credits('o')).toEqual([]);
  });

  test('an order discount is spread exactly over the lines, and each line earns for its own campaign', async () => {
    const shop = openShop(api, 'discount');
    await shop.product('shoe');
    await shop.product('sock');
    await shop.campaign('A', { targets: ['shoe'] });
    await shop.campaign('B', { targets: ['sock'] });
    await shop.order('o', {
      lines: [
        ['shoe', 1, 66.67],
        ['sock', 1, 33.33],
      ],
      discount: 10.01,
    });
    await api.settle();
    expect(await shop.credits('o')).toEqual(['1 A 1 60.00 –', '2 B 1 29.99 –']);
  });

  test('unknown cost is unknown profit, and becomes known with the cost', async () => {
    const shop = openShop(api, 'cost');
    await shop.product('shoe');
    await shop.campaign('A', { targets: ['shoe'] });
    await shop.order('o', { lines: [['shoe', 2, 50]] });
    await api.settle();
    expect(await shop.credits('o')).toEqual(['1 A 2 100.00 –']);
    await shop.product('shoe', { cost: 30 });
    await api.settle();
    expect(await shop.credits('o')).toEqual(['1 A 2 100.00 40.00']);
    expect(await shop.entries('o')).toHaveLength(3);
  });

  test('profit never includes tax: prices that include it leave it out', async () => {
    const shop = openShop(api, 'tax');
    await shop.product('shoe', { cost: 40 });
    await shop.campaign('A', { targets: ['shoe'] });
    await shop.order('o', { lines: [['shoe', 1, 119]], prices_include_tax: true, tax: 19, shipping: 5 });
    await api.settle();
    expect(await shop.credits('o')).toEqual(['1 A 1 119.00 60.00']);
  });

  test('settling again posts nothing', async () => {
    const shop = openShop(api, 'again');
    await shop.product('shoe');
    await shop.campaign('A', { targets: ['shoe'] });
    await shop.order('o', { lines: [['shoe', 1, 80]] });
    await api.settle();
    const again = must(await api.post(`/admin${shop.path('o')}/recompute`, {}), 200);
    expect(again.data.entries).toBe(0);
  });
});
