import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CountedPath } from './counted-path.ts';
import { learnShapley } from './shapley.ts';

const names = ['A', 'B', 'C', 'D', 'E', 'F'];
const anyPaths = fc.array(
  fc.record({
    campaign_ids: fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 8 }),
    conversions: fc.integer({ min: 0, max: 9 }),
    lapses: fc.integer({ min: 0, max: 9 }),
  }),
  { maxLength: 15 },
);

/** The definition: what a campaign adds to those who joined before it, averaged over every order of joining. */
function byDefinition(paths: CountedPath[], players: string[], player: string): number {
  const others = players.filter((each) => each !== player);
  let value = 0;
  for (let chosen = 0; chosen < 2 ** others.length; chosen += 1) {
    const joined = others.filter((_, place) => (chosen >> place) & 1);
    const orders = factorial(joined.length) * factorial(players.length - joined.length - 1);
    const added = worth(paths, [...joined, player]) - worth(paths, joined);
    value += (orders / factorial(players.length)) * added;
  }
  return value;
}

function worth(paths: CountedPath[], coalition: string[]): number {
  return paths
    .filter(({ campaign_ids }) => campaign_ids.every((id) => coalition.includes(id)))
    .reduce((sum, { conversions }) => sum + conversions, 0);
}

function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1);
}

describe('the Shapley values', () => {
  test('are those of the definition, for up to six campaigns', () => {
    fc.assert(
      fc.property(anyPaths, (paths) => {
        const players = [...new Set(paths.flatMap(({ campaign_ids }) => campaign_ids))].sort();
        const values = learnShapley(paths);
        expect(values.map(({ campaign_id }) => campaign_id)).toEqual(players);
        for (const { campaign_id, conversions } of values) {
          expect(conversions).toBeCloseTo(byDefinition(paths, players, campaign_id), 9);
        }
      }),
    );
  });

  test('add up to the conversions there were', () => {
    fc.assert(
      fc.property(anyPaths, (paths) => {
        const shared = learnShapley(paths).reduce((sum, { conversions }) => sum + conversions, 0);
        expect(shared).toBeCloseTo(
          paths.reduce((sum, { conversions }) => sum + conversions, 0),
          9,
        );
      }),
    );
  });

  test('a path that went back and forth counts each of its campaigns once', () => {
    expect(
      learnShapley([
        { campaign_ids: ['A', 'B', 'A', 'A'], conversions: 2, lapses: 7 },
        { campaign_ids: ['C'], conversions: 0, lapses: 4 },
      ]),
    ).toEqual([
      { campaign_id: 'A', conversions: 1 },
      { campaign_id: 'B', conversions: 1 },
      { campaign_id: 'C', conversions: 0 },
    ]);
  });
});
