import type { Once, Range } from './column-types.ts';

/** What is sold. */
export interface ProductTables {
  products: {
    id: Once<string>;
    source: Once<string>;
    external_id: Once<string>;
    sku: string | null;
    name: string | null;
    category: string | null;
    created_at: Once<Date>;
    updated_at: Date;
  };
  product_costs: {
    id: Once<string>;
    product_id: Once<string>;
    currency: Once<string>;
    period: Range;
    unit_cost_minor: bigint;
  };
  product_batches: {
    product_id: string;
    batch: string;
    currency: string;
    unit_cost_minor: bigint;
  };
}
