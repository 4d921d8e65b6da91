import { describe, expect, test } from 'vitest';
import { startApi } from '../../test/api.ts';
import { must } from '../../test/shop.ts';
import { day, openTouchStory } from '../../test/touch-story.ts';

const models = ['product_split', 'last_touch', 'linear', 'position_based', 'reported'];
const api = await startApi({ now: '2026-01-01T00:00:00Z', settings: { models, siteKey: 'site' } });
for (const model of ['linear', 'position_based']) {
  must(await api.post('/attribution-models', { model, parameters: { channels: true } }), 201);
}

type Story = Awaited<ReturnType<typeof openTouchStory>>;
type Shown = { name: string; channel: string; weight_percent: number; revenue: number; lines: object[] };

let stories = 0;
/** Direct on day 1, from a search engine on day 2, direct on day 3; the order on day 4. */
async function directOrganicDirect(fields: Record<string, unknown>): Promise<Story> {
  stories += 1;
  const story = await openTouchStory(api, `touch credit ${stories}`);
  await story.click(day(1), null);
  await story.click(day(2), null, 's', { referrer: 'https://www.google.com/' });
  await story.click(day(3), null);
  await story.order(day(4), { session_id: story.session('s'), ...fields });
  return story;
}

/** What each touch brought, as the order's explanation and its campaign source tell it. */
async function brought(story: Story, model: string): Promise<string[]> {
  const { path } = await story.shop.explain('o');
  const explained = path.touches.map(
    ({ name, shares }: { name: string; shares: (Shown & { model: string })[] }) => {
      const { weight_percent, revenue, lines } = shares.find((share) => share.model === model)!;
      return { name, weight_percent, revenue, lines };
    },
  );
  const source = must(await api.get(`${story.shop.path('o')}/campaign-source?model=${model}`), 200).data;
  expect(source.path).toMatchObject(explained.map(({ name: _, ...share }: Shown) => share));
  return explained.map(
    ({ name, weight_percent, revenue }: Shown) => `${name} ${weight_percent} % ${revenue.toFixed(2)}`,
  );
}

const oneLine = { lines: [['shoe', 1, 140]] };
const tenLines = { lines: Array.from({ length: 10 }, () => ['shoe', 1, 14]) };

describe.each([
  ['one line', oneLine],
  ['ten lines', tenLines],
])('Direct › Organic › Direct on an order of 140.00 of %s', (_, fields) => {
  test('position 40/20/40 is seen as 56 + 28 + 56, linear as 46.67 + 46.67 + 46.66', async () => {
    const story = await directOrganicDirect(fields);
    expect(await brought(story, 'position_based')).toEqual([
      'Direct 40 % 56.00',
      'Organic search 20 % 28.00',
      'Direct 40 % 56.00',
    ]);
    expect(await brought(story, 'linear')).toEqual([
      'Direct 33.33 % 46.67',
      'Organic search 33.33 % 46.67',
      'Direct 33.33 % 46.66',
    ]);
    const { path } = await story.shop.explain('o');
    const { arithmetic } = path.shares.find(({ model }: { model: string }) => model === 'position_based');
    expect(arithmetic).toBe('140.00 EUR = 56.00 (Direct) + 28.00 (Organic search) + 56.00 (Direct)');
  });
});

test('what touches brought follows a refund, and is nothing of a cancelled order', async () => {
  const story = await directOrganicDirect({ lines: [['shoe', 1, 100]], shipping: 40 });
  await story.shop.refund('o', { external_id: 'r1', lines: [{ line_no: 1, amount: 39.99 }] });
  await api.settle();
  expect(await brought(story, 'position_based')).toEqual([
    'Direct 40 % 40.01',
    'Organic search 20 % 20.00',
    'Direct 40 % 40.00',
  ]);
  const { path } = await story.shop.explain('o');
  const [first] = path.touches[0].shares.filter(({ model }: { model: string }) => model === 'position_based');
  expect(first.lines).toEqual([
    { line_no: 1, revenue: 24.01 },
    { line_no: 0, revenue: 16 },
  ]);
  await story.shop.orderStatus('o', 'cancelled');
  await api.settle();
  expect(await brought(story, 'position_based')).toEqual([
    'Direct 40 % 0.00',
    'Organic search 20 % 0.00',
    'Direct 40 % 0.00',
  ]);
});

test('of two touches of one campaign, the last touch names the one that brought its credit', async () => {
  stories += 1;
  const story = await openTouchStory(api, `touch credit ${stories}`);
  await story.click(day(1), 'A');
  await story.click(day(2), 'B');
  await story.click(day(3), 'A');
  await story.order(day(4));
  const { path } = await story.shop.explain('o');
  expect(
    path.touches.map(({ name, credited_by }: { name: string; credited_by: string[] }) => [name, credited_by]),
  ).toEqual([
    ['A', ['linear', 'position_based']],
    ['B', ['linear', 'position_based']],
    ['A', ['last_touch', 'linear', 'position_based']],
  ]);
  expect(await brought(story, 'linear')).toEqual(['A 33.33 % 33.34', 'B 33.33 % 33.33', 'A 33.33 % 33.33']);
});

test('a model that credits no touches says of none what it brought', async () => {
  const story = await directOrganicDirect(oneLine);
  const { path } = must(await api.get(`${story.shop.path('o')}/campaign-source?model=reported`), 200).data;
  expect(path.map(({ revenue }: Shown) => revenue)).toEqual([null, null, null]);
});

test('an order that was given back whole says so, under models of its touches and of its products', async () => {
  stories += 1;
  const story = await openTouchStory(api, `touch credit ${stories}`);
  await story.shop.target('A', ['shoe'], { effective_from: day(1), reason: 'it was forgotten' });
  await story.click(day(1), 'A');
  await story.order(day(4));
  await story.shop.refund('o', { external_id: 'r1', amount: 100 });
  await api.settle();
  const { summary, lines, path } = await story.shop.explain('o');
  expect(summary).toContain('A ran for its products, but all of them were given back.');
  const told = [...lines[0].shares, ...path.shares].map(
    ({ model, arithmetic }: { model: string; arithmetic: string }) => `${model}: ${arithmetic}`,
  );
  expect(told).toEqual([
    'product_split: Nothing: all of it was given back.',
    'last_touch: Nothing: all of it was given back.',
    'linear: Nothing: all of it was given back.',
    'position_based: Nothing: all of it was given back.',
    'reported: 0.00 EUR unattributed: its source claims no campaign that is known.',
  ]);
});
