/** The door of the room that holds products: what is sold, and what it cost at any time. */
export { batchRow, costRow } from './decide-product.ts';
export { type ProductInput, productInput } from './product-input.ts';
export { readProductCosts } from './read-product-costs.ts';
export { recordProducts } from './record-products.ts';
export { type KnownProduct, resolveProducts } from './resolve-products.ts';
export { routes } from './routes.ts';
export { type ProductCosts, unitCostOf } from './unit-cost.ts';
