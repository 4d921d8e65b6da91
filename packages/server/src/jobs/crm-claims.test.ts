import { expect, test } from 'vitest';
import { startApi } from '../../test/api.ts';
import { must, openShop } from '../../test/shop.ts';
import { conversionInput, recordConversions } from '../orders/index.ts';
import { fillRollups } from './fill-rollups.ts';

const at = '2026-03-10T12:00:00Z';
const api = await startApi({ now: '2026-03-20T12:00:00Z', settings: { models: ['reported'] } });
const shop = openShop(api, 'claims');

const order = (name: string, fields: Record<string, unknown> = {}) =>
  shop.order(name, { at, total: 70, ...fields });

/** A CRM tells of a sale that is an order of the shop; a campaign it names may be made later. */
async function deal(external_id: string, orderName: string, fields: Record<string, unknown>) {
  const named = { source: 'claims', external_id: orderName };
  const told = {
    source: 'crm',
    external_id,
    kind: 'sale',
    value: 120,
    converted_at: at,
    order: named,
    ...fields,
  };
  const context = { clock: api.clock, actor: 'crm', currency: 'EUR', receivedVia: 'crm' };
  await recordConversions(api.db, [conversionInput.parse(told)], { ...context, campaignsMayComeLater: true });
  await api.settle();
}

async function revenueOf(campaign: string, query = ''): Promise<number> {
  return must(await api.get(`/campaigns/${campaign}/email-performance${query}`), 200).data.revenue;
}

test('the campaign that a CRM claims of an order is credited under reported, whichever comes first', async () => {
  const first = await shop.campaign('order first');
  await order('o1');
  await deal('d1', 'o1', { campaign: first });
  expect(await shop.credits('o1', 'reported')).toEqual(['0 order first 0 70.00 –']);
  expect([await revenueOf(first), await revenueOf(first, '?model=reported')]).toEqual([120, 70]);

  const second = await shop.campaign('deal first');
  await deal('d2', 'o2', { campaign: second });
  await order('o2', { reported_campaign: first });
  await api.settle();
  expect(await shop.credits('o2', 'reported')).toEqual(['0 deal first 0 70.00 –']);
});

test('a sale that is withdrawn, or turns to another order, claims nothing any more', async () => {
  const campaign = await shop.campaign('given up');
  await order('o3');
  await order('o4', { reported_campaign: campaign });
  await deal('d3', 'o3', { campaign });
  await deal('d3', 'o4', { campaign });
  expect(await shop.credits('o3', 'reported')).toEqual([]);
  await deal('d3', 'o4', { campaign, withdrawn: true });
  expect(await shop.credits('o4', 'reported')).toEqual(['0 given up 0 70.00 –']);
});

test('of two deals about an order the first counts alone, also where its campaign is made later', async () => {
  const known = await shop.campaign('known');
  await order('o5');
  await deal('d5', 'o5', { campaign: 'made later', value: 100, converted_at: '2026-03-09T12:00:00Z' });
  await deal('d6', 'o5', { campaign: known, value: 140 });
  expect(await revenueOf(known)).toBe(140);

  const later = await shop.campaign('made later');
  await api.settle();
  expect([await revenueOf(known), await revenueOf(later)]).toEqual([0, 100]);
  expect(await shop.credits('o5', 'reported')).toEqual(['0 made later 0 70.00 –']);
  expect(must(await api.post('/admin/verify'), 200).data.difference_count).toBe(0);
});

test('what a source claims is worth what is left of it after discounts and pieces given back, to the cent', async () => {
  await shop.product('ring');
  const campaign = await shop.campaign('given back');
  // 33.08 less 30.95 for the line: 2.13, of which a half is 1.07 and the rest 1.06.
  const sold = { total: undefined, reported_campaign: campaign, discount: 30.95, shipping: 4.62, tax: 3.42 };
  const lines: [string, number, number][] = [['ring', 1, 33.08]];
  await order('o6', { ...sold, lines });
  const both = async () => {
    await api.settle();
    return [await revenueOf(campaign), await revenueOf(campaign, '?model=reported')];
  };
  expect(await both()).toEqual([10.17, 10.17]);
  await shop.refund('o6', { external_id: 'r1', lines: [{ line_no: 1, quantity: 0.5 }] });
  expect(await both()).toEqual([9.1, 9.1]);
  await shop.refund('o6', { external_id: 'r2', lines: [{ line_no: 1, quantity: 0.5 }] });
  expect(await both()).toEqual([8.04, 8.04]);
  await order('o6', { ...sold, lines, discount: 3.08, updated_at: at });
  expect(await both()).toEqual([8.04, 8.04]);
  await shop.refund('o6', { external_id: 'r2', lines: [{ line_no: 1, quantity: 0.25 }] });
  expect(await both()).toEqual([15.54, 15.54]);
});

test('what was given back is kept beside its refunds, and rebuilt where it is missing or wrong', async () => {
  const differences = async () => must(await api.post('/admin/verify'), 200).data.differences;
  await api.pool.query('update refund_totals set refunded_minor = refunded_minor + 1');
  expect(await differences()).toMatchObject([{ kind: 'refunds', order_id: shop.orderIds.get('o6') }]);
  await api.pool.query('delete from refund_totals');
  expect(await differences()).toHaveLength(1);
  await fillRollups(api.db);
  await api.settle();
  expect(await differences()).toEqual([]);
});
