import { expect, test } from 'vitest';
import { startApi } from '../../../test/api.ts';
import { openShop } from '../../../test/shop.ts';

const api = await startApi({
  now: '2026-06-01T12:00:00Z',
  settings: { models: ['product_full', 'product_split'] },
});
const shop = openShop(api, 'shop');

test('where last touch is not kept, reports of visits are asked under the split, unless a model is named', async () => {
  await shop.product('shoe', { cost: 10 });
  const post = await shop.campaign('Post', { targets: ['shoe'] });
  await shop.order('o1', { at: '2026-05-10T12:00:00Z', lines: [['shoe', 1, 80]] });
  await api.settle();
  const unnamed = await api.get(`/campaigns/${post}/analytics?from=2026-05-01&to=2026-05-31&tz=UTC`);
  expect(unnamed.body).toMatchObject({ meta: { model: 'product_split' }, data: { revenue: 80 } });
  const named = await api.get(`/campaigns/${post}/analytics?model=last_touch`);
  expect(named).toMatchObject({ status: 422, body: { error: { fields: [{ path: 'model' }] } } });
});
