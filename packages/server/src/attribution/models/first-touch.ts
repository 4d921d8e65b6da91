import { touchModel } from './touch-model.ts';

/** Everything to the first touch that is still alive at the sale. */
export const firstTouch = touchModel('first_touch', (path) =>
  path.map((_, place) => (place === 0 ? 1n : 0n)),
);
