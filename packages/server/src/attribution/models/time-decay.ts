import { touchModel } from './touch-model.ts';

// Weights are whole millionths of millionths of the newest touch's, so that they can be shared exactly.
const scale = 1e12;

/** Each touch weighs half as much as one a half-life younger: 2^(−age / half-life), age from the newest touch. */
export const timeDecay = touchModel(
  'time_decay',
  (path, { half_life_days }) => {
    const newest = path.at(-1)?.touch.touched_at.getTime() ?? 0;
    return path.map(({ touch }) => {
      const ageDays = (newest - touch.touched_at.getTime()) / 86_400_000;
      return BigInt(Math.round(scale * 2 ** (-ageDays / half_life_days!)));
    });
  },
  { half_life_days: 7 },
);
