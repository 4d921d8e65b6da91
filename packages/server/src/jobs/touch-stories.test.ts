import { describe, expect, test } from 'vitest';
import { startApi } from '../../test/api.ts';
import { must } from '../../test/shop.ts';
import { day, openTouchStory } from '../../test/touch-story.ts';

const touchModels = [
  'last_touch',
  'first_touch',
  'linear',
  'position_based',
  'time_decay',
  'last_non_direct',
];
const settings = { models: ['product_split', ...touchModels, 'reported'], siteKey: 'site' };
const api = await startApi({ now: '2026-01-01T00:00:00Z', settings });

let stories = 0;
const openStory = () => {
  stories += 1;
  return openTouchStory(api, `touches ${stories}`);
};

describe('an order is credited to the touches of its path', () => {
  test('clicks on A, B and C on days 1, 10 and 15, an order on day 20: each model to the cent', async () => {
    const story = await openStory();
    await story.click(day(1), 'A');
    await story.click(day(10), 'B');
    const { visit_id } = await story.click(day(15), 'C');
    const reply = await story.order(day(20));
    expect(reply).toMatchObject({ campaign_id: story.shop.campaignIds.get('C'), visit_id });
    const held: string[] = [];
    for (const model of [...touchModels, 'reported']) held.push(`${model}: ${await story.held(model)}`);
    expect(held).toEqual([
      'last_touch: C 100.00',
      'first_touch: A 100.00',
      'linear: A 33.34 B 33.33 C 33.33',
      'position_based: A 40.00 B 20.00 C 40.00',
      'time_decay: A 13.44 B 32.78 C 53.78',
      'last_non_direct: C 100.00',
      'reported: ',
    ]);
  });

  test('the path is there for analysts, a row per touch', async () => {
    const story = await openStory();
    await story.click(day(1), 'A');
    await story.click(day(3), null);
    await story.order(day(4));
    const { rows } = await api.pool.query(
      `select position, campaign_name, channel, days_before_sale::float as days
         from reporting.touches where order_id = $1 order by position`,
      [story.shop.orderIds.get('o')],
    );
    expect(rows).toEqual([
      { position: 1, campaign_name: 'A', channel: 'direct', days: 3 },
      { position: 2, campaign_name: null, channel: 'direct', days: 1 },
    ]);
  });

  test('a click on A, one on B and one on A again: the last touch is A', async () => {
    const story = await openStory();
    await story.click(day(1), 'A');
    await story.click(day(2), 'B');
    await story.click(day(3), 'A');
    await story.order(day(4));
    expect(await story.held('last_touch')).toBe('A 100.00');
    expect(await story.held('linear')).toBe('A 66.67 B 33.33');
  });

  test('a repeat of the previous click within half an hour is no other visit', async () => {
    const story = await openStory();
    const minutes = (count: number) => new Date(day(1).getTime() + count * 60_000);
    const first = await story.click(day(1), 'A');
    expect((await story.click(minutes(20), 'A')).visit_id).toBe(first.visit_id);
    await story.activity(minutes(45));
    expect((await story.click(minutes(70), 'A')).visit_id).toBe(first.visit_id);
    await story.click(minutes(110), 'A');
    await story.click(minutes(120), 'B');
    await story.order(day(4));
    expect(await story.held('linear')).toBe('A 66.67 B 33.33');
  });

  test('a visit lives for thirty days after its last activity, and nothing revives it', async () => {
    const alone = await openStory();
    await alone.click(day(1), 'A');
    expect((await alone.order(day(46))).campaign_id).toBeNull();
    expect(await alone.held('last_touch')).toBe('');

    const active = await openStory();
    await active.click(day(11), 'A');
    await active.activity(day(40));
    await active.order(day(46));
    expect(await active.held('last_touch')).toBe('A 100.00');

    const late = await openStory();
    await late.click(day(1), 'A');
    await late.activity(day(40));
    await late.order(day(46));
    expect(await late.held('last_touch')).toBe('');
  });

  test('activity after the order changes nothing', async () => {
    const story = await openStory();
    await story.click(day(1), 'A');
    await story.order(day(40));
    await story.activity(day(41));
    expect(await story.held('last_touch')).toBe('');
  });

  test('activity extends the latest visit only', async () => {
    const story = await openStory();
    await story.click(day(1), 'A');
    await story.click(day(2), 'B');
    await story.activity(day(25));
    await story.order(day(33));
    expect(await story.held('linear')).toBe('B 100.00');
  });

  test('customers of one address are one, in whatever shop', async () => {
    const story = await openStory();
    await story.click(day(1), 'A', 'phone');
    await story.identify(day(1), 'ann-in-the-app', 'phone');
    const email = `${stories}@example.com`;
    const customer = { source: story.shop.source, external_id: 'ann-in-the-app', email };
    must(await api.post('/customers', customer), 201);
    await story.order(day(4), { customer: { external_id: 'ann', email } });
    expect(await story.held('last_touch')).toBe('A 100.00');
  });

  test('a session that became somebody else’s before the order is no longer the customer’s', async () => {
    const story = await openStory();
    await story.click(day(1), 'A', 'shared');
    await story.identify(day(1), 'ann', 'shared');
    await story.identify(day(2), 'ben', 'shared');
    await story.order(day(4), { customer: { external_id: 'ann' } });
    expect(await story.held('last_touch')).toBe('');
  });

  test('a bot’s click and the merchant’s own are kept and never credited', async () => {
    const story = await openStory();
    await story.click(day(1), 'A', 's', { user_agent: 'Googlebot/2.1 (+http://www.google.com/bot.html)' });
    await story.click(day(2), 'B', 's', { own: true });
    await story.order(day(4));
    expect(await story.held('last_touch')).toBe('');
    const { path } = await story.shop.explain('o');
    expect(path.touches.map(({ code }: { code: string }) => code)).toEqual(['bot', 'own_traffic']);
  });

  test('a direct arrival earns nothing but under models that include channels', async () => {
    const story = await openStory();
    await story.click(day(1), 'A');
    await story.click(day(2), null, 's', { referrer: 'https://www.google.com/' });
    await story.click(day(3), null);
    await story.order(day(4));
    expect(await story.held('last_touch')).toBe('A 100.00');
    expect(await story.held('last_non_direct')).toBe('Organic search 100.00');
    const { data, meta } = must(await api.get('/reports/leaderboard?model=last_non_direct&limit=1000'), 200);
    expect(data.some(({ name }: { name: string }) => name === 'Organic search')).toBe(false);
    expect(meta.totals.revenue).toBeGreaterThanOrEqual(0);
  });

  test('what the source claims is kept apart, and found when the campaign comes later', async () => {
    const story = await openStory();
    await story.click(day(1), 'A');
    await story.order(day(4), { session_id: story.session('s'), reported_campaign: `late ${stories}` });
    expect([await story.held('reported'), await story.held('last_touch')]).toEqual(['', 'A 100.00']);
    await story.shop.campaign(`late ${stories}`);
    expect(await story.held('reported')).toBe(`late ${stories} 100.00`);
  });

  test('shipping, tax and discounts are divided with the order; a refund takes back from everybody', async () => {
    const story = await openStory();
    await story.click(day(1), 'A');
    await story.click(day(2), 'B');
    await story.order(day(4), {
      session_id: story.session('s'),
      lines: [
        ['shoe', 1, 33.33],
        ['shoe', 3, 11.11],
      ],
      shipping: 4.99,
      tax: 1.02,
      discount: 5,
    });
    expect(await story.held('linear')).toBe('A 33.84 B 33.83');
    await story.shop.refund('o', { external_id: 'r1', amount: 0.01 });
    expect(await story.held('linear')).toBe('A 33.83 B 33.83');
    await story.shop.orderStatus('o', 'cancelled');
    expect(await story.held('linear')).toBe('');
  });

  test('an order without lines is credited whole', async () => {
    const story = await openStory();
    await story.click(day(1), 'A');
    await story.order(day(4), { session_id: story.session('s'), lines: [], total: 250, product_count: 2 });
    const { meta } = must(await api.get(`${story.shop.path('o')}/credits?model=last_touch`), 200);
    expect(meta.net).toMatchObject([{ line_no: 0, quantity: 2, revenue: 250, profit: null }]);
  });
});

test('a model of other parameters is shown first, filled from the past, then published', async () => {
  const story = await openStory();
  await story.click(day(1), 'A');
  await story.activity(day(29));
  await story.click(day(30), 'B');
  await story.order(day(40));
  expect(await story.held('linear')).toBe('A 50.00 B 50.00');
  const asked = { model: 'linear', parameters: { click_days: 30 } };
  const dry = must(await api.post('/attribution-models', { ...asked, dry_run: true }), 202).data;
  expect(dry.version).toBeNull();
  await api.settle();
  const [moved] = must(await api.get(`/admin/backfills/${dry.backfill.id}`), 200).data.moved;
  const ofStory = moved.campaigns.filter(({ campaign_id }: { campaign_id: string }) =>
    [...story.shop.campaignIds.values()].includes(campaign_id),
  );
  const told = ofStory.map(({ name, before, after }: Record<string, unknown>) => [name, before, after]);
  expect(told.sort()).toEqual([
    ['A', 50, 0],
    ['B', 50, 100],
  ]);
  expect(await story.held('linear')).toBe('A 50.00 B 50.00');

  const made = must(await api.post('/attribution-models', asked), 202).data;
  expect(made.version).toMatchObject({ model: 'linear', status: 'filling', parameters: { click_days: 30 } });
  await api.settle();
  const versions = must(await api.get('/attribution-models'), 200).data.filter(
    ({ model }: { model: string }) => model === 'linear',
  );
  expect(versions.map(({ status }: { status: string }) => status)).toEqual(['retired', 'published']);
  expect(must(await api.get('/reports/leaderboard?model=linear'), 200).meta.model_version).toBe(2);

  const again = must(await api.post('/attribution-models', asked), 201).data;
  expect(again).toMatchObject({ version: { version: 2, status: 'published' }, backfill: null });

  // What is credited now is the published version's alone; what was posted before stays in the ledger.
  expect(await story.held('linear')).toBe('B 100.00');
  const entries = async (query: string) => {
    const { data } = must(await api.get(`${story.shop.path('o')}/credits?model=linear${query}`), 200);
    return data.map((entry: Record<string, unknown>) =>
      [entry.campaign_name, entry.revenue, entry.model_version].join(' '),
    );
  };
  expect(await entries('')).toEqual(['B 100 2']);
  expect((await entries('&versions=all')).sort()).toEqual(['A 50 1', 'B 100 2', 'B 50 1']);
});

test('a click that counts for longer than a visit lives is kept with the order it is credited with', async () => {
  const asked = { model: 'first_touch', parameters: { click_days: 60 } };
  must(await api.post('/attribution-models', asked), 201, 202);
  await api.settle();
  const story = await openStory();
  await story.click(day(1), 'A');
  await story.order(day(46));
  expect(await story.held('first_touch')).toBe('A 100.00');
  expect(await story.held('last_touch')).toBe('');
  const source = async (model: string) =>
    must(await api.get(`${story.shop.path('o')}/campaign-source?model=${model}`), 200).data.touch;
  expect(await source('first_touch')).toMatchObject({ kind: 'visit' });
  expect(await source('last_touch')).toBeNull();
});

test.each([
  [{ model: 'nothing' }, 'model'],
  [{ model: 'last_touch', parameters: { half_life_days: 3 } }, 'parameters.half_life_days'],
  [{ model: 'product_split', parameters: { channels: true } }, 'parameters.channels'],
  [
    { model: 'position_based', parameters: { first_percent: 70, last_percent: 40 } },
    'parameters.last_percent',
  ],
  [{ model: 'linear', parameters: { click_days: 0 } }, 'parameters.click_days'],
])('%j is refused, naming %s', async (body, path) => {
  const { status, body: reply } = await api.post('/attribution-models', body);
  expect([status, reply.error.fields[0].path]).toEqual([422, path]);
});
