import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Evidence, ModelParameters, Touch } from '../../vocabulary/credit.ts';
import { daysLater } from '../../vocabulary/period.ts';
import { creditTouches } from '../credit-touches.ts';
import { models } from './index.ts';

const sale = new Date('2026-03-31T12:00:00Z');
const channels = ['direct', 'organic_search'];

/** A touch `age` days before the sale on a campaign, or on a channel. */
function touchOf(origin: string, age: number, place: number): Touch {
  const touched_at = daysLater(sale, -age);
  const isChannel = channels.includes(origin);
  return {
    touch_id: `touch ${place}`,
    kind: 'visit',
    campaign_id: isChannel ? null : origin,
    channel: isChannel ? origin : 'social',
    channel_campaign_id: isChannel ? origin : 'social',
    session_id: 's',
    touched_at,
    last_activity_at: touched_at,
    expires_at: daysLater(touched_at, 30),
  };
}

type Line = { revenue: bigint; quantity: bigint; profit: bigint | null };

function evidenceOf(path: [origin: string, age: number][], lines: Line[], rest = 0n): Evidence {
  const touches = path.map(([origin, age], place) => touchOf(origin, age, place));
  return {
    order_id: 'order',
    currency: 'EUR',
    status: 'confirmed',
    sale_time: sale,
    lines: lines.map(({ revenue, quantity, profit }, place) => ({
      line_no: place + 1,
      product_id: `product ${place}`,
      quantity_e4: quantity,
      revenue_minor: revenue,
      profit_minor: profit,
      matches: [],
    })),
    rest: { line_no: 0, quantity_e4: 0n, revenue_minor: rest, profit_minor: 0n },
    paths: new Map([[30, touches]]),
    precedence: [...new Set([...channels, 'social', ...path.map(([origin]) => origin)])].sort(),
    reported_campaign_id: path[0]?.[0] ?? null,
  };
}

/** What each campaign holds of the whole order, in minor units. */
function held(model: string, evidence: Evidence, parameters: ModelParameters = {}): Record<string, number> {
  const { defaults, credit } = models.get(model)!;
  const sums: Record<string, number> = {};
  for (const { campaign_id, revenue_minor } of credit(evidence, { ...defaults, ...parameters })) {
    sums[campaign_id] = (sums[campaign_id] ?? 0) + Number(revenue_minor);
  }
  return sums;
}

/** What each touch brought of the whole order, in minor units, in the order of the path. */
function brought(model: string, evidence: Evidence, parameters: ModelParameters = {}): number[] {
  const { defaults, credit, weigh } = models.get(model)!;
  const given = { ...defaults, ...parameters };
  const touches = weigh!(evidence, given);
  const credits = creditTouches(credit(evidence, given), touches);
  return touches.map(({ touch_id }) =>
    credits
      .filter((each) => each.touch_id === touch_id)
      .reduce((sum, { revenue_minor }) => sum + Number(revenue_minor), 0),
  );
}

const oneLine = (minor: bigint): Line[] => [{ revenue: minor, quantity: 10_000n, profit: null }];
const tenLines = (minor: bigint): Line[] =>
  Array.from({ length: 10 }, (_, place) => ({
    revenue: place === 0 ? minor - 9n * (minor / 10n + 1n) : minor / 10n + 1n,
    quantity: 10_000n,
    profit: null,
  }));

describe('Direct > Organic > Direct on 140.00, channels included', () => {
  const path: [string, number][] = [
    ['direct', 9],
    ['organic_search', 5],
    ['direct', 1],
  ];
  test.each([
    ['one line', oneLine(140_00n)],
    ['ten lines', tenLines(140_00n)],
  ])('position 40/20/40 is 56 + 28 + 56, linear 46.67 + 46.67 + 46.66, on an order of %s', (_, lines) => {
    const evidence = evidenceOf(path, lines);
    const with_channels = { channels: true };
    expect(held('position_based', evidence, with_channels)).toEqual({
      direct: 112_00,
      organic_search: 28_00,
    });
    expect(held('linear', evidence, with_channels)).toEqual({ direct: 93_33, organic_search: 46_67 });
    expect(brought('position_based', evidence, with_channels)).toEqual([56_00, 28_00, 56_00]);
    expect(brought('linear', evidence, with_channels)).toEqual([46_67, 46_67, 46_66]);
    expect(brought('last_non_direct', evidence)).toEqual([0, 140_00, 0]);
    expect(brought('shapley', evidence)).toEqual([35_00, 70_00, 35_00]);
  });

  test('holds nothing for anybody where channels are not included', () => {
    expect(held('linear', evidenceOf(path, oneLine(140_00n)))).toEqual({});
  });
});

test.each<[string, [string, number][], ModelParameters, Record<string, number>]>([
  [
    'last_touch',
    [
      ['A', 9],
      ['B', 5],
      ['A', 1],
    ],
    {},
    { A: 100_00 },
  ],
  [
    'last_touch',
    [
      ['A', 9],
      ['B', 5],
      ['direct', 1],
    ],
    {},
    { B: 100_00 },
  ],
  [
    'first_touch',
    [
      ['A', 9],
      ['B', 5],
    ],
    {},
    { A: 100_00 },
  ],
  [
    'first_touch',
    [
      ['A', 31],
      ['B', 5],
    ],
    {},
    { B: 100_00 },
  ],
  [
    'first_touch',
    [
      ['A', 30],
      ['B', 5],
    ],
    {},
    { B: 100_00 },
  ],
  [
    'first_touch',
    [
      ['A', 30],
      ['B', 5],
    ],
    { click_days: 30 },
    { A: 100_00 },
  ],
  [
    'first_touch',
    [
      ['A', 90],
      ['B', 5],
    ],
    { click_days: 90 },
    { A: 100_00 },
  ],
  [
    'last_touch',
    [
      ['A', 9],
      ['B', 5],
    ],
    { click_days: 4 },
    {},
  ],
  [
    'linear',
    [
      ['A', 9],
      ['B', 5],
      ['C', 1],
    ],
    {},
    { A: 33_34, B: 33_33, C: 33_33 },
  ],
  [
    'linear',
    [
      ['C', 9],
      ['B', 5],
      ['A', 1],
    ],
    {},
    { A: 33_34, B: 33_33, C: 33_33 },
  ],
  ['position_based', [['A', 9]], {}, { A: 100_00 }],
  [
    'position_based',
    [
      ['A', 9],
      ['B', 5],
    ],
    {},
    { A: 50_00, B: 50_00 },
  ],
  [
    'position_based',
    [
      ['A', 9],
      ['B', 5],
      ['C', 3],
      ['D', 1],
    ],
    {},
    { A: 40_00, B: 10_00, C: 10_00, D: 40_00 },
  ],
  [
    'position_based',
    [
      ['A', 9],
      ['B', 5],
    ],
    { first_percent: 30, last_percent: 10 },
    { A: 75_00, B: 25_00 },
  ],
  [
    'time_decay',
    [
      ['A', 8],
      ['B', 1],
    ],
    {},
    { A: 33_33, B: 66_67 },
  ],
  [
    'time_decay',
    [
      ['A', 2],
      ['B', 1],
    ],
    { half_life_days: 1 },
    { A: 33_33, B: 66_67 },
  ],
  [
    'last_non_direct',
    [
      ['A', 9],
      ['organic_search', 5],
      ['direct', 1],
    ],
    {},
    { organic_search: 100_00 },
  ],
  [
    'last_non_direct',
    [
      ['direct', 9],
      ['direct', 1],
    ],
    {},
    { direct: 100_00 },
  ],
  [
    'reported',
    [
      ['A', 400],
      ['B', 5],
    ],
    {},
    { A: 100_00 },
  ],
])('%s of %j with %j gives %j', (model, path, parameters, expected) => {
  expect(held(model, evidenceOf(path, oneLine(100_00n)), parameters)).toEqual(expected);
});

const amount = fc.bigInt(0n, 10n ** 9n);
const line = fc.record({
  revenue: amount,
  quantity: fc.bigInt(0n, 10n ** 7n),
  profit: fc.option(fc.bigInt(-(10n ** 9n), 10n ** 9n)),
});
const path = fc.array(
  fc.tuple(fc.constantFrom('A', 'B', 'C', 'D', 'direct', 'organic_search'), fc.integer({ min: 0, max: 29 })),
  { minLength: 1, maxLength: 12 },
);

describe.each([...models.values()].filter(({ divides }) => divides === 'order'))('$name', (model) => {
  test('adds up to the order and to each line, in money, pieces and profit, and no part has the wrong sign', () => {
    fc.assert(
      fc.property(path, fc.array(line, { maxLength: 12 }), amount, (touches, lines, rest) => {
        const inOrder = [...touches].sort(([, a], [, b]) => b - a);
        const evidence = evidenceOf(inOrder, lines, rest);
        const credits = model.credit(evidence, { ...model.defaults, channels: true });
        for (const whole of [...evidence.lines, evidence.rest]) {
          const parts = credits.filter(({ line_no }) => line_no === whole.line_no);
          const sum = (value: (part: (typeof parts)[number]) => bigint) =>
            parts.reduce((total, part) => total + value(part), 0n);
          expect(sum(({ revenue_minor }) => revenue_minor)).toBe(whole.revenue_minor);
          expect(sum(({ quantity_e4 }) => quantity_e4)).toBe(whole.quantity_e4);
          if (whole.profit_minor === null) {
            expect(parts.every(({ profit_minor }) => profit_minor === null)).toBe(true);
          } else {
            expect(sum(({ profit_minor }) => profit_minor!)).toBe(whole.profit_minor);
          }
          expect(parts.every(({ revenue_minor }) => revenue_minor >= 0n)).toBe(true);
        }
      }),
    );
  });

  if (model.weigh === undefined) return;
  test('its touches add up to what their campaigns hold, in total and of every line, and none has the wrong sign', () => {
    fc.assert(
      fc.property(path, fc.array(line, { maxLength: 12 }), amount, (touches, lines, rest) => {
        const inOrder = [...touches].sort(([, a], [, b]) => b - a);
        const evidence = evidenceOf(inOrder, lines, rest);
        const parameters = { ...model.defaults, channels: true };
        const credits = model.credit(evidence, parameters);
        const weighed = model.weigh!(evidence, parameters);
        const campaignOf = new Map(weighed.map(({ touch_id, campaign_id }) => [touch_id, campaign_id]));
        const ofTouches = creditTouches(credits, weighed);
        for (const held of credits) {
          const parts = ofTouches.filter(
            ({ line_no, touch_id }) =>
              line_no === held.line_no && campaignOf.get(touch_id) === held.campaign_id,
          );
          const sum = (value: (part: (typeof parts)[number]) => bigint) =>
            parts.reduce((total, part) => total + value(part), 0n);
          expect(sum(({ revenue_minor }) => revenue_minor)).toBe(held.revenue_minor);
          expect(parts.every(({ revenue_minor }) => revenue_minor >= 0n)).toBe(true);
        }
      }),
    );
  });
});
