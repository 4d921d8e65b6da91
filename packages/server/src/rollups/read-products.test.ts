import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { startApi } from '../../test/api.ts';
import { reporter } from '../../test/report.ts';
import { must, openShop } from '../../test/shop.ts';
import { fillRollups } from '../jobs/index.ts';

const api = await startApi({ now: '2026-03-01T12:00:00Z' });
const ask = reporter(api);

async function open(name: string) {
  const shop = openShop(api, name);
  await shop.product('left');
  await shop.product('right');
  await shop.campaign('Above', { targets: ['left', 'right'] });
  await shop.order('o1', { lines: [['left', 1, 10]] });
  await api.settle();
  const products = async (campaign: string, query = 'include_children=true') =>
    (
      await ask(
        `/campaigns/${shop.campaignIds.get(campaign)}/reports/products?${query}`,
        'external_id revenue orders lines',
      )
    ).rows;
  return { ...shop, products };
}

async function verified(): Promise<void> {
  expect(must(await api.post('/admin/verify'), 200).data.differences).toEqual([]);
}

test('a line that turns out to be of another product moves its credit to that one', async () => {
  const shop = await open('another product');
  await shop.order('o1', { lines: [['right', 1, 10]] });
  await api.settle();
  expect(await shop.products('Above')).toEqual(['right 10 1 1']);
  await verified();
});

test('a campaign is summed with those below it from the first of them on, and alone again without them', async () => {
  const shop = await open('first child');
  await shop.campaign('Below', { targets: ['left'], parent: 'Above' });
  await api.settle();
  expect(await shop.products('Above')).toEqual(['left 10 1 1']);
  await verified();
  await shop.order('o2', { lines: [['left', 1, 4]] });
  await api.settle();
  expect(await shop.products('Above')).toEqual(['left 14 2 2']);
  expect(await shop.products('Above', '')).toEqual(['left 7 2 2']);
  const below = `/campaigns/${shop.campaignIds.get('Below')}`;
  must(await api.patch(below, { parent_campaign_id: null }), 200);
  await api.settle();
  expect(await shop.products('Above')).toEqual(['left 7 2 2']);
  await verified();
});

test('a range that cuts days is exact at its edges', async () => {
  const shop = await open('edges');
  for (const [order, at] of [
    ['before', '2026-02-10T22:59:59Z'],
    ['first', '2026-02-10T23:00:00Z'],
    ['last', '2026-02-12T22:59:59Z'],
    ['after', '2026-02-12T23:00:00Z'],
  ] as const) {
    await shop.order(order, { at, lines: [['right', 1, 3]] });
  }
  await api.settle();
  expect(await shop.products('Above', 'from=2026-02-11&to=2026-02-12&tz=Europe/Berlin')).toEqual([
    'right 6 2 2',
  ]);
  expect(await shop.products('Above', 'from=2026-02-10T22:50:00Z&to=2026-02-12T23:00:00Z')).toEqual([
    'right 9 3 3',
  ]);
});

test('what was posted before products were kept in rollups is summed from the ledger', async () => {
  const shop = await open('upgrade');
  await shop.campaign('Below', { targets: ['left'], parent: 'Above' });
  await api.settle();
  const asked = ['', 'include_children=true', 'basis=posted', 'basis=posted&include_children=true'];
  const answers = async () => await Promise.all(asked.map((query) => shop.products('Above', query)));
  const before = await answers();
  await sql`delete from credit_rollups where subject_kind in ('campaign_product', 'tree_product')`.execute(
    api.db,
  );
  await fillRollups(api.db);
  await api.settle();
  expect(await answers()).toEqual(before);
  await verified();
});

test('as booked, credit moves to the other product when that is posted', async () => {
  const shop = await open('booked');
  const day = async (query: string) => await shop.products('Above', `basis=posted&${query}`);
  const march = 'from=2026-03-01&to=2026-03-31';
  const april = 'from=2026-04-01&to=2026-04-30';
  expect(await day(march)).toEqual(['left 10 1 1']);
  api.clock.set(new Date('2026-04-10T12:00:00Z'));
  await shop.order('o1', { lines: [['right', 1, 10]] });
  await api.settle();
  expect(await day(march)).toEqual(['left 10 1 1']);
  expect((await day(april)).sort()).toEqual(['left -10 -1 -1', 'right 10 1 1']);
  expect(await day('from=2026-03-01&to=2026-04-30')).toEqual(['right 10 1 1']);
  await verified();
});

test('campaigns that are no tree are added up, and only what one of them holds alone is counted', async () => {
  const shop = await open('several');
  await shop.campaign('Below', { targets: ['left'], parent: 'Above' });
  await shop.campaign('Other', { targets: ['left'], parent: 'Above', platform: 'google' });
  await shop.order('o2', { lines: [['right', 1, 4]] });
  await api.settle();
  const query = 'include_children=true&platform=instagram';
  const left = ['left 6.67 – –', 'right 4 1 1'];
  expect(await shop.products('Above', query)).toEqual(left);
  expect(await shop.products('Above', `${query}&basis=posted`)).toEqual(left);
  const cut = 'from=2026-02-01T11:50:00Z&to=2026-03-01T12:20:00Z';
  expect(await shop.products('Above', `${query}&${cut}`)).toEqual(left);
  await verified();
});
