import { describe, expect, test } from 'vitest';
import { startApi } from '../../../test/api.ts';
import { putClicks } from '../../../test/put-clicks.ts';
import { must, openShop } from '../../../test/shop.ts';

const now = '2026-06-01T12:00:00Z';
const runs = '/attribution-models/runs';

/** An installation where people took these paths, `A>B>A`, an hour from touch to touch; those in `bought` then bought. */
async function shopOf({ bought = [], left = [] }: { bought?: string[]; left?: string[] }) {
  const api = await startApi({ now, settings: { models: ['product_split', 'last_touch'] } });
  const shop = openShop(api, 'shop');
  await shop.product('shoe', { cost: 40 });
  for (const name of ['A', 'B', 'C']) await shop.campaign(name);
  const sold = Date.parse('2026-05-20T12:00:00Z');
  for (const [place, path] of [...bought, ...left].entries()) {
    const steps = path.split('>');
    await putClicks(
      api,
      steps.map((name, step) => ({
        session: `s${place}`,
        campaign_id: shop.campaignIds.get(name) ?? null,
        channel: shop.campaignIds.has(name) ? 'paid' : 'direct',
        at: new Date(sold - (steps.length - step) * 3_600_000).toISOString(),
      })),
    );
    if (place >= bought.length) continue;
    const at = new Date(sold).toISOString();
    await shop.order(`o${place}`, { at, session_id: `s${place}`, lines: [['shoe', 1, 100]] });
  }
  await api.settle();

  async function learn(body: Record<string, unknown>) {
    const { id } = must(await api.post(runs, body), 202).data;
    await api.settle();
    return must(await api.get(`${runs}/${id}`), 200).data;
  }
  const names = new Map([...shop.campaignIds].map(([name, id]) => [id, name]));
  return { api, shop, learn, names };
}

const known = ['A>B>A>B>B>A', 'A>B>B>A>A', 'A>A'];

/** `A 1 2`: a campaign, its removal effect and its conversions. */
function lines({
  campaigns,
}: {
  campaigns: { name: string; removal_effect: number | null; conversions: number }[];
}) {
  const round = (value: number | null) => (value === null ? '–' : Number(value.toFixed(9)));
  return campaigns.map(({ name, removal_effect, conversions }) =>
    [name, round(removal_effect), round(conversions)].join(' '),
  );
}

describe('a Markov chain', () => {
  test('is learned from the paths of orders, kept with its transitions, and applied to every order', async () => {
    const { api, shop, learn, names } = await shopOf({ bought: known });
    const run = await learn({ model: 'markov' });
    expect(run).toMatchObject({ status: 'completed', percent: 100, order: 1, conversions: 3, lapses: 0 });
    expect(lines(run)).toEqual(['A 1 2', 'B 0.5 1']);

    const transitions = must(await api.get(`${runs}/${run.id}/transitions`), 200).data;
    const shown = transitions.map(({ from, to, count }: { from: string[]; to: string; count: number }) =>
      [...from.map((id) => names.get(id)), '→', names.get(to) ?? to, count].join(' '),
    );
    expect(shown.sort()).toEqual(['A → A 2', 'A → B 3', 'A → conversion 3', 'B → A 3', 'B → B 2', '→ A 3']);

    const first = must(await api.get(`${runs}/${run.id}/transitions?limit=2`), 200);
    const rest = must(
      await api.get(`${runs}/${run.id}/transitions?limit=9&cursor=${first.meta.next_cursor}`),
      200,
    );
    expect([...first.data, ...rest.data]).toEqual(transitions);
    expect(rest.meta.next_cursor).toBeNull();

    const models = must(await api.get('/attribution-models'), 200).data;
    const version = models.find(({ id }: { id: string }) => id === run.version_id);
    expect(version).toMatchObject({ model: 'markov', status: 'published', parameters: { run_id: run.id } });
    // In proportion to the removal effects, 1 to 0.5; to the cent.
    expect(await shop.credits('o0', 'markov')).toEqual(['1 A 0.6667 66.67 40.00', '1 B 0.3333 33.33 20.00']);
    expect(await shop.credits('o2', 'markov')).toEqual(['1 A 1 100.00 60.00']);
    expect(must(await api.post('/admin/verify', {}), 200).data.difference_count).toBe(0);
  });

  test('counts paths that did not convert, and remembers as far back as it is told', async () => {
    const { learn } = await shopOf({
      bought: Array(4).fill('A>B'),
      left: ['C>B', 'C>B', 'C>B', 'C>B'],
    });
    const short = await learn({ model: 'markov', order: 1 });
    expect(short).toMatchObject({ conversions: 4, lapses: 4 });
    expect(lines(short)).toEqual(['B 1 2', 'A 0.5 1', 'C 0.5 1']);
    expect(lines(await learn({ model: 'markov', order: 2 }))).toEqual(['A 1 2', 'B 1 2', 'C 0 0']);
  });

  test('takes what a customer touched in several sessions as one path that lapsed', async () => {
    const { api, shop, learn } = await shopOf({ bought: ['A'], left: ['B', 'C'] });
    const customer = must(await api.post('/customers', { source: shop.source, external_id: 'ada' }), 200, 201)
      .data.id;
    const identified_at = new Date('2026-05-20T12:00:00Z');
    await api.db
      .insertInto('session_customers')
      .values(['s1', 's2'].map((session_id) => ({ session_id, identified_at, customer_id: customer })))
      .execute();
    expect(await learn({ model: 'markov' })).toMatchObject({ conversions: 1, lapses: 1 });
  });

  test('includes arrivals without a campaign unless it is told not to', async () => {
    const { learn } = await shopOf({ bought: ['Direct>A>Direct'] });
    expect(lines(await learn({ model: 'markov' }))).toEqual(['Direct 1 0.666666667', 'A 0.5 0.333333333']);
    const without = await learn({ model: 'markov', parameters: { channels: false } });
    expect(lines(without)).toEqual(['A 1 1']);
  });

  test('learns from the span it is asked for', async () => {
    const { learn } = await shopOf({ bought: known });
    const run = await learn({ model: 'markov', to: '2026-05-01T00:00:00Z' });
    // Nothing to tell campaigns apart by, so no version comes of it.
    expect(run).toMatchObject({ status: 'completed', conversions: 0, version_id: null, campaigns: [] });
  });

  test('learned again, follows the version before', async () => {
    const { api, learn } = await shopOf({ bought: known });
    const first = await learn({ model: 'markov' });
    const second = await learn({ model: 'markov', order: 2 });
    const models = must(await api.get('/attribution-models'), 200).data;
    const statusOf = (id: string) => models.find((model: { id: string }) => model.id === id).status;
    expect([statusOf(first.version_id), statusOf(second.version_id)]).toEqual(['retired', 'published']);
    expect(must(await api.get(runs), 200).data.map(({ id }: { id: string }) => id)).toEqual([
      second.id,
      first.id,
    ]);
  });
});

describe('Shapley values', () => {
  test('are learned, and the credit of all orders adds up to them', async () => {
    const { api, learn } = await shopOf({ bought: ['A>B>A', 'B>C', 'A', 'A>B>C'], left: ['C'] });
    const run = await learn({ model: 'shapley' });
    expect(run).toMatchObject({ conversions: 4, lapses: 1, order: null });
    expect(lines(run)).toEqual(['A – 1.833333333', 'B – 1.333333333', 'C – 0.833333333']);
    const { data } = must(
      await api.get('/reports/leaderboard?model=shapley&from=2026-05-01&to=2026-05-31'),
      200,
    );
    const held = data.map(({ name, revenue }: { name: string; revenue: number }) => `${name} ${revenue}`);
    // A hundred for each conversion.
    expect(held).toEqual(['A 183.34', 'B 133.33', 'C 83.33']);
  });
});

describe('what cannot be learned', async () => {
  const { api } = await shopOf({});
  test.each([
    [{ model: 'linear' }, 'model'],
    [{ model: 'markov', order: 5 }, 'order'],
    [{ model: 'shapley', order: 2 }, 'order'],
    [{ model: 'markov', parameters: { half_life_days: 2 } }, 'parameters.half_life_days'],
    [{ model: 'markov', from: '2026-02-01T00:00:00Z', to: '2026-01-01T00:00:00Z' }, 'from'],
  ])('%j is refused', async (body, path) => {
    const reply = await api.post(runs, body);
    expect(reply.status).toBe(422);
    expect(reply.body.error.fields[0].path).toBe(path);
  });

  test('and its weights cannot be set by hand', async () => {
    expect((await api.post('/attribution-models', { model: 'markov' })).status).toBe(422);
  });

  test('a run of Shapley values has no transitions', async () => {
    const { id } = must(await api.post(runs, { model: 'shapley' }), 202).data;
    await api.settle();
    expect((await api.get(`${runs}/${id}/transitions`)).status).toBe(409);
  });
});
