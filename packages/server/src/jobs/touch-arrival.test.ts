import fc from 'fast-check';
import { expect, test } from 'vitest';
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

test('two sessions of one customer are one path, also when that is known after the order', async () => {
  const story = await openStory();
  await story.click(day(1), 'A', 'phone');
  await story.click(day(2), 'B', 'desk');
  await story.order(day(4), { session_id: story.session('desk'), customer: { external_id: 'ann' } });
  expect(await story.held('linear')).toBe('B 100.00');
  const identities = [
    {
      session_id: story.session('phone'),
      customer_id: 'ann',
      source: story.shop.source,
      identified_at: day(3).toISOString(),
    },
  ];
  must(await api.post('/identities/batch', { identities }), 200);
  expect(await story.held('linear')).toBe('A 50.00 B 50.00');
});

const minute = fc.integer({ min: 0, max: 70 * 24 * 60 });
const fact = fc.oneof(
  fc.record({
    kind: fc.constant('visit' as const),
    at: minute,
    session: fc.constantFrom('s', 't'),
    campaign: fc.constantFrom('A', 'B', 'C', null),
  }),
  fc.record({ kind: fc.constant('identity' as const), at: minute, session: fc.constantFrom('s', 't') }),
);

test('whatever the order in which clicks, identities and the order arrive, the credit is the same', {
  timeout: 120_000,
}, async () => {
  const start = day(-30).getTime();
  const instant = (minutes: number) => new Date(start + minutes * 60_000).toISOString();
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fact, {
        minLength: 1,
        maxLength: 7,
        selector: ({ kind, at, session }) => `${kind} ${at} ${session}`,
      }),
      minute,
      fc.infiniteStream(fc.nat()),
      async (facts, orderedAt, luck) => {
        const tell = async (sequence: ((typeof facts)[number] | 'order')[]) => {
          const story = await openStory();
          api.clock.set(day(60));
          for (const each of sequence) {
            if (each === 'order') {
              const customer = { external_id: 'ann' };
              const at = new Date(instant(orderedAt));
              await story.shop.order('o', {
                at: at.toISOString(),
                lines: [['shoe', 1, 99.99]],
                session_id: story.session('s'),
                customer,
              });
            } else if (each.kind === 'visit') {
              const campaign =
                each.campaign === null ? {} : { tracking_code: story.codes.get(each.campaign) };
              const visits = [
                {
                  session_id: story.session(each.session),
                  visited_at: instant(each.at),
                  landing_page: '/',
                  ...campaign,
                },
              ];
              must(await api.post('/visits/batch', { visits }), 200);
            } else {
              const identities = [
                {
                  session_id: story.session(each.session),
                  customer_id: 'ann',
                  source: story.shop.source,
                  identified_at: instant(each.at),
                },
              ];
              must(await api.post('/identities/batch', { identities }), 200);
            }
            if (luck.next().value % 2 === 0) await api.settle();
          }
          const held: string[] = [];
          for (const model of touchModels) held.push(`${model} ${await story.held(model)}`);
          return held;
        };
        const shuffled = [...facts, 'order' as const]
          .map((each) => ({ each, key: luck.next().value }))
          .sort((a, b) => a.key - b.key)
          .map(({ each }) => each);
        expect(await tell(shuffled)).toEqual(await tell([...facts, 'order']));
      },
    ),
    { numRuns: 8 },
  );
  expect(must(await api.post('/admin/verify'), 200).data.difference_count).toBe(0);
});
