import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CountedPath } from './counted-path.ts';
import { learnMarkov, solveChain, transitionsOf } from './markov.ts';
import { type Chain, openChain } from './open-chain.ts';

function path(steps: string, conversions = 1, lapses = 0): CountedPath {
  return { campaign_ids: steps.split('>'), conversions, lapses };
}

const effectsOf = (paths: CountedPath[], order: number) =>
  Object.fromEntries(learnMarkov(paths, order).effects.map((effect) => [effect.campaign_id, effect]));

const anyPath = fc.record({
  campaign_ids: fc.array(fc.constantFrom('A', 'B', 'C', 'D'), { minLength: 1, maxLength: 8 }),
  conversions: fc.integer({ min: 0, max: 5 }),
  lapses: fc.integer({ min: 0, max: 20 }),
});
const anyPaths = fc.array(anyPath, { minLength: 1, maxLength: 20 });
const anyOrder = fc.integer({ min: 1, max: 4 });

/** The chance to convert from the start when a campaign is removed, by Gauss's elimination over all states. */
function eliminate({ states }: Chain, campaign: string): number {
  const size = states.length;
  const rows = states.map(({ place, campaign_ids, steps, conversions, lapses }) => {
    const row = Array<number>(size + 1).fill(0);
    row[place] = 1;
    if (campaign_ids.includes(campaign)) return row;
    const all = [...steps.values()].reduce((sum, { count }) => sum + count, conversions + lapses);
    for (const { to, count } of steps.values()) row[to.place]! -= count / all;
    row[size] = conversions / all;
    return row;
  });
  // From the last state to the first, so that the start is left; every path ends, so no pivot is zero.
  for (let pivot = size - 1; pivot >= 0; pivot -= 1) {
    for (let place = 0; place < pivot; place += 1) {
      const factor = rows[place]![pivot]! / rows[pivot]![pivot]!;
      if (factor === 0) continue;
      for (let column = 0; column <= size; column += 1)
        rows[place]![column]! -= factor * rows[pivot]![column]!;
    }
  }
  return rows[0]![size]! / rows[0]![0]!;
}

describe('the Markov chain', () => {
  test('without B half of the conversions of three known paths are lost, without A all of them', () => {
    const { A, B } = effectsOf([path('A>B>A>B>B>A'), path('A>B>B>A>A'), path('A>A')], 1);
    expect(A!.removal_effect).toBeCloseTo(1, 12);
    expect(B!.removal_effect).toBeCloseTo(0.5, 12);
    expect(A!.conversions).toBeCloseTo(2, 12);
    expect(B!.conversions).toBeCloseTo(1, 12);
  });

  test('paths that lapse lower the chance to convert, and with it what a campaign is worth', () => {
    // From the start: A 10 of 20, B 10 of 20; A goes to B 5 of 10, converts 5; B converts 3 of 15.
    const result = learnMarkov([path('A>B', 0, 5), path('A', 5), path('B', 3, 7)], 1);
    expect(result.chance_to_convert).toBeCloseTo(0.5 * (0.5 + 0.5 * 0.2) + 0.5 * 0.2, 12);
    const [A, B] = result.effects;
    expect(A!.removal_effect).toBeCloseTo(1 - 0.1 / 0.4, 12);
    expect(B!.removal_effect).toBeCloseTo(1 - 0.25 / 0.4, 12);
  });

  test('a chain that remembers more tells B after A from B alone', () => {
    const paths = [path('A>B', 4, 0), path('C>B', 0, 4)];
    // One step back, half of those who reached B convert, wherever they came from.
    expect(effectsOf(paths, 1)).toMatchObject({ A: { removal_effect: 0.5 }, C: { removal_effect: 0.5 } });
    expect(effectsOf(paths, 2)).toMatchObject({ A: { removal_effect: 1 }, C: { removal_effect: 0 } });
  });

  test('of any order, effects lie between nothing and all, and conversions add up to those there were', () => {
    fc.assert(
      fc.property(anyPaths, anyOrder, (paths, order) => {
        const { conversions, effects } = learnMarkov(paths, order);
        for (const { removal_effect } of effects) {
          expect(removal_effect).toBeGreaterThanOrEqual(0);
          expect(removal_effect).toBeLessThanOrEqual(1);
        }
        const shared = effects.reduce((sum, effect) => sum + effect.conversions, 0);
        expect(shared).toBeCloseTo(conversions, 9);
      }),
    );
  });

  test('a chain that remembers whole paths loses with a campaign exactly the paths that touched it', () => {
    const anyShort = anyPath.filter(({ campaign_ids }) => campaign_ids.length <= 4);
    fc.assert(
      fc.property(fc.array(anyShort, { minLength: 1, maxLength: 20 }), (paths) => {
        const { conversions, effects } = learnMarkov(paths, 4);
        for (const { campaign_id, removal_effect } of effects) {
          const lost = paths.filter(({ campaign_ids }) => (campaign_ids as string[]).includes(campaign_id));
          const share = lost.reduce((sum, each) => sum + each.conversions, 0) / conversions;
          expect(removal_effect).toBeCloseTo(conversions === 0 ? 0 : share, 10);
        }
      }),
    );
  });

  test('of any order, the effects are those of the chain solved by elimination', () => {
    fc.assert(
      fc.property(anyPaths, anyOrder, (paths, order) => {
        const chain = openChain(order);
        for (const each of paths) chain.add(each);
        const { chance_to_convert, effects } = solveChain(chain);
        for (const { campaign_id, removal_effect } of effects) {
          const without = eliminate(chain, campaign_id);
          const lost = chance_to_convert ? 1 - without / chance_to_convert : 0;
          expect(Math.abs(removal_effect - lost) * (chance_to_convert ?? 0)).toBeLessThan(2e-12);
        }
      }),
    );
  });

  test('the same paths, aggregated or one by one and in any order, give the same answer', () => {
    const paths = [path('A>B>A', 3, 5), path('B', 2, 9), path('A', 1, 1), path('C>A>C>B', 2, 2)];
    const single = paths.flatMap(({ campaign_ids, conversions, lapses }) => [
      ...Array.from({ length: conversions }, () => ({ campaign_ids, conversions: 1, lapses: 0 })),
      ...Array.from({ length: lapses }, () => ({ campaign_ids, conversions: 0, lapses: 1 })),
    ]);
    const once = learnMarkov(paths, 2);
    const again = learnMarkov(single.reverse(), 2);
    expect(again).toMatchObject({ conversions: once.conversions, lapses: once.lapses, states: once.states });
    for (const [place, effect] of once.effects.entries()) {
      expect(again.effects[place]!.campaign_id).toBe(effect.campaign_id);
      expect(again.effects[place]!.removal_effect).toBeCloseTo(effect.removal_effect, 12);
    }
  });

  test('a customer who goes back and forth a thousand times is solved too', () => {
    const { effects } = learnMarkov([path(Array(1_000).fill('A>B').join('>')), path('A')], 1);
    // From A, 1 of 1001 touches converts, the others go to B; without B that one is what is left of every two.
    expect(effects[1]!.removal_effect).toBeCloseTo(1 - 1 / 1001, 9);
  });

  test('without any path, or without any conversion, nobody has an effect', () => {
    expect(learnMarkov([], 1)).toMatchObject({ chance_to_convert: null, effects: [] });
    expect(learnMarkov([path('A>B', 0, 3)], 1).effects.map((effect) => effect.removal_effect)).toEqual([
      0, 0,
    ]);
  });

  test('an order beyond four, or none, is refused', () => {
    expect(() => openChain(0)).toThrow('1 to 4');
    expect(() => openChain(5)).toThrow('1 to 4');
  });

  test('the transition matrix says how often each state was followed by which', () => {
    const chain = openChain(2);
    chain.add(path('A>B', 1, 1));
    chain.add(path('A', 0, 2));
    expect(transitionsOf(chain)).toEqual([
      { from: [], to: 'A', count: 4, probability: 1 },
      { from: ['A'], to: 'B', count: 2, probability: 0.5 },
      { from: ['A'], to: 'lapse', count: 2, probability: 0.5 },
      { from: ['A', 'B'], to: 'conversion', count: 1, probability: 0.5 },
      { from: ['A', 'B'], to: 'lapse', count: 1, probability: 0.5 },
    ]);
  });
});
