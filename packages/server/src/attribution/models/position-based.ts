import { touchModel } from './touch-model.ts';

/**
 * 40 % to the first touch, 40 % to the last, the rest equally to those between. Of two touches each has its percentage
 * of what both have together; a single one has everything.
 */
export const positionBased = touchModel(
  'position_based',
  (path, parameters) => {
    const first = BigInt(parameters.first_percent!);
    const last = BigInt(parameters.last_percent!);
    if (path.length === 1) return [1n];
    if (path.length === 2) return first + last === 0n ? [1n, 1n] : [first, last];
    const between = BigInt(path.length - 2);
    return path.map((_, place) => {
      if (place === 0) return first * between;
      return place === path.length - 1 ? last * between : 100n - first - last;
    });
  },
  { first_percent: 40, last_percent: 40 },
);
