import { batchRow, costRow, readProductCosts } from '../../../products/index.ts';
import type { Exporter } from '../exporter.ts';
import { afterKey, within } from '../keyset.ts';

/** Products with what they cost in every period, as the API takes them; a span is of when they were recorded. */
export const products: Exporter = {
  columns: [
    'id',
    'source',
    'external_id',
    'sku',
    'name',
    'category',
    'costs',
    'batches',
    'created_at',
    'updated_at',
  ],
  amounts: [],
  onlyInCsv: ['id', 'created_at', 'updated_at'],
  async read(db, span, after, size) {
    const page = await db
      .selectFrom('products')
      .selectAll()
      .where(within('created_at', span))
      .where(afterKey(['id'], ['uuid'], after))
      .orderBy('id')
      .limit(size)
      .execute();
    const known = await readProductCosts(
      db,
      page.map(({ id }) => id),
    );
    const rows = page.map(({ created_at, updated_at, ...product }) => {
      const { costs, batches } = known.get(product.id)!;
      return {
        ...product,
        costs: costs.map(costRow),
        batches: batches.map(batchRow),
        created_at: created_at.toISOString(),
        updated_at: updated_at.toISOString(),
      };
    });
    const last = page.at(-1);
    return { rows, last: last && [last.id] };
  },
};
