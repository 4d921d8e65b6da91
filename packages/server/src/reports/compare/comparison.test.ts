import { describe, expect, test } from 'vitest';
import { startApi } from '../../../test/api.ts';
import { putClicks } from '../../../test/put-clicks.ts';
import { must, openShop } from '../../../test/shop.ts';

const api = await startApi({
  now: '2026-06-01T12:00:00Z',
  settings: { models: ['product_split', 'last_touch'] },
});
const shop = openShop(api, 'shop');
await shop.product('shoe');

/** A campaign with visits of people each, so many of whom buy a shoe. */
async function campaign(name: string, visits: number, conversions: number, parent?: string): Promise<string> {
  const campaign_id = await shop.campaign(name, parent === undefined ? {} : { parent });
  const sessions = Array.from({ length: visits }, (_, place) => `${name} ${place}`);
  const at = '2026-05-01T12:00:00Z';
  await putClicks(
    api,
    sessions.map((session) => ({ session, campaign_id, at })),
  );
  const items = sessions.slice(0, conversions).map((session) => ({
    ...{ source: 'shop', external_id: session, session_id: session, currency: 'EUR', status: 'confirmed' },
    ordered_at: '2026-05-02T12:00:00Z',
    lines: [{ product: { external_id: 'shoe' }, quantity: 1, unit_price: 10 }],
  }));
  if (items.length > 0) must(await api.post('/orders/batch', { items }), 200, 201);
  return campaign_id;
}

const even = await campaign('Even', 100, 49);
const better = await campaign('Better', 100, 51);
const best = await campaign('Best', 100, 80);
const unseen = await campaign('Unseen', 0, 0);
await campaign('Below', 50, 10, 'Unseen');
await api.settle();

const compare = async (ids: string[], query = '') =>
  must(await api.get(`/campaigns/compare?ids=${ids.join(',')}&from=2026-05-01&to=2026-05-31${query}`), 200)
    .data;

describe('a comparison of campaigns', () => {
  test('says how much more is needed while there is no telling', async () => {
    const comparison = await compare([even, better]);
    expect(comparison).toMatchObject({
      decided: false,
      leader_campaign_id: better,
      verdict: 'Not yet enough data: about 9,700 more visits each.',
    });
    expect(comparison.campaigns).toMatchObject([
      {
        ...{ name: 'Even', visits: 100, conversions: 49, conversion_rate: 49, is_leader: false },
        ...{ chance_to_be_best: 0.3892, chance_to_win: null, difference: 2, z: 0.2828, p_value: 0.7773 },
        more_visits_each: 9_710,
      },
      { is_leader: true, chance_to_be_best: 0.6108, chance_to_win: 0.6092, difference: null, revenue: 510 },
    ]);
  });

  test('names the one that converts better beyond chance', async () => {
    const comparison = await compare([even, better, best]);
    expect(comparison).toMatchObject({ decided: true, leader_campaign_id: best });
    expect(comparison.verdict).toBe(
      'Best converts better than each of the others: 80.00 % of its visits, and a difference this large is chance less than once in twenty.',
    );
  });

  test('takes a campaign with all below it where that is asked for', async () => {
    expect((await compare([even, unseen])).verdict).toContain('Unseen has no visits');
    const { campaigns } = await compare([even, unseen], '&include_children=true');
    expect(campaigns[1]).toMatchObject({ visits: 50, conversions: 10, conversion_rate: 20 });
  });

  test.each([
    ['one alone', () => [even]],
    ['one twice', () => [even, even]],
    ['what is no id', () => [even, 'x']],
  ])('refuses %s', async (_, ids) => {
    const reply = await api.get(`/campaigns/compare?ids=${ids().join(',')}`);
    expect(reply.status).toBe(422);
    expect(reply.body.error.fields[0].path).toMatch(/^ids/);
  });
});
