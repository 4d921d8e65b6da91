import type { Model } from '../../vocabulary/credit.ts';
import { firstTouch } from './first-touch.ts';
import { lastNonDirect } from './last-non-direct.ts';
import { lastTouch } from './last-touch.ts';
import { linear } from './linear.ts';
import { markov } from './markov.ts';
import { positionBased } from './position-based.ts';
import { productFull } from './product-full.ts';
import { productSplit } from './product-split.ts';
import { reported } from './reported.ts';
import { shapley } from './shapley.ts';
import { timeDecay } from './time-decay.ts';

/** Every model that can be kept, by name. */
export const models: ReadonlyMap<string, Model> = new Map(
  [
    productFull,
    productSplit,
    lastTouch,
    firstTouch,
    linear,
    positionBased,
    timeDecay,
    lastNonDirect,
    markov,
    shapley,
    reported,
  ].map((model) => [model.name, model]),
);
