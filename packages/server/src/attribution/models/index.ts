import type { Model } from '../../vocabulary/credit.ts';
import { productFull } from './product-full.ts';
import { productSplit } from './product-split.ts';

/** Every model that can be kept, by name. */
export const models: ReadonlyMap<string, Model> = new Map(
  [productFull, productSplit].map((model) => [model.name, model]),
);
