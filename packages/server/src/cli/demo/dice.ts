import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Chance with a seed: the same throws in the same order, on every machine. */
export type Dice = {
  /** A whole number from `least` to `most`, both included. */
  int(least: number, most: number): number;
  /** A number in [least, most). */
  between(least: number, most: number): number;
  /** True once in 1 / `probability` throws. */
  chance(probability: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** Picks by weight; weights need not add up to anything. */
  weighted<T>(from: readonly (readonly [T, number])[]): T;
  /** `count` different ones, in the order they were given. */
  some<T>(from: readonly T[], count: number): T[];
};

/** Dice that fall as `seed` says. */
export function seededDice(seed: number): Dice {
  const generator = xoroshiro128plus(seed);
  const int = (least: number, most: number) => uniformInt(generator, least, most);
  const between = (least: number, most: number) => least + uniformFloat64(generator) * (most - least);
  return {
    int,
    between,
    chance: (probability) => between(0, 1) < probability,
    pick: (from) => from[int(0, from.length - 1)]!,
    weighted: (from) => {
      let left = between(
        0,
        from.reduce((sum, [, weight]) => sum + weight, 0),
      );
      for (const [one, weight] of from) {
        left -= weight;
        if (left < 0) return one;
      }
      return from.at(-1)![0];
    },
    some: (from, count) => {
      let wanted = count;
      return from.filter((_, place) => {
        const taken = int(1, from.length - place) <= wanted;
        if (taken) wanted -= 1;
        return taken;
      });
    },
  };
}
