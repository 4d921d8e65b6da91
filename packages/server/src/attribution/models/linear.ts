import { touchModel } from './touch-model.ts';

/** The same to every touch. */
export const linear = touchModel('linear', (path) => path.map(() => 1n));
