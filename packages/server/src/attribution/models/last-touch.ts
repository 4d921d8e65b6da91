import { touchModel } from './touch-model.ts';

/** Everything to the last touch before the sale. */
export const lastTouch = touchModel('last_touch', (path) =>
  path.map((_, place) => (place === path.length - 1 ? 1n : 0n)),
);
