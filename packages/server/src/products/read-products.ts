import { z } from 'zod';
import type { Database } from '../database/index.ts';
import type { Clock } from '../vocabulary/clock.ts';
import { decodeCursor, encodeCursor } from '../vocabulary/cursor.ts';
import { notFound } from '../vocabulary/errors.ts';
import { pageFields, timestampField } from '../vocabulary/fields.ts';
import { formatMoney } from '../vocabulary/money.ts';
import { contains } from '../vocabulary/period.ts';
import { batchRow, costRow } from './decide-product.ts';
import { readProductCosts } from './read-product-costs.ts';
import type { ProductCosts } from './unit-cost.ts';

const money = z.number();
const instant = z.iso.datetime();

/** A product as the API shows it. `cost` is the one in force now, in the installation's currency where it has one. */
export const productData = z.object({
  id: z.uuid(),
  source: z.string(),
  external_id: z.string(),
  sku: z.string().nullable(),
  name: z.string().nullable(),
  category: z.string().nullable(),
  cost: money.nullable(),
  currency: z.string().nullable(),
  costs: z.array(
    z.object({ unit_cost: money, currency: z.string(), from: instant.nullable(), to: instant.nullable() }),
  ),
  batches: z.array(z.object({ batch: z.string(), unit_cost: money, currency: z.string() })),
  created_at: instant,
  updated_at: instant,
});
export type ProductData = z.output<typeof productData>;

export const productsQuery = z.object({
  ...pageFields,
  search: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .optional()
    .meta({ description: 'Part of a name, sku or external id.' }),
  category: z.string().optional(),
  source: z.string().optional(),
});

/** `costs` is whether who asks may see them; without them they are not read. */
type Asked = { clock: Clock; currency: string; costs: boolean };

/** One product with what it costs. */
export async function readProduct(db: Database, id: string, asked: Asked): Promise<ProductData> {
  const rows = await db.selectFrom('products').selectAll().where('id', '=', id).execute();
  const [product] = await withCosts(db, rows, asked);
  if (product === undefined) throw notFound('product', id);
  return product;
}

const cursorKey = z.tuple([timestampField, z.uuid()]);

/** Products, the newest first, a page at a time. */
export async function listProducts(
  db: Database,
  { search, category, source, limit, cursor }: z.output<typeof productsQuery>,
  asked: Asked,
): Promise<{ products: ProductData[]; next_cursor: string | null }> {
  let query = db.selectFrom('products').selectAll();
  if (search !== undefined) {
    const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
    query = query.where((each) =>
      each.or((['name', 'sku', 'external_id'] as const).map((column) => each(column, 'ilike', pattern))),
    );
  }
  if (category !== undefined) query = query.where('category', '=', category);
  if (source !== undefined) query = query.where('source', '=', source);
  if (cursor !== undefined) {
    const [createdAt, id] = decodeCursor('products', cursorKey, cursor);
    query = query.where((each) => each(each.refTuple('created_at', 'id'), '<', each.tuple(createdAt, id)));
  }
  const rows = await query
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    products: await withCosts(db, page, asked),
    next_cursor:
      rows.length > limit && last !== undefined
        ? encodeCursor('products', [last.created_at.toISOString(), last.id])
        : null,
  };
}

type Row = Omit<ProductData, 'cost' | 'currency' | 'costs' | 'batches' | 'created_at' | 'updated_at'> & {
  created_at: Date;
  updated_at: Date;
};

async function withCosts(db: Database, rows: Row[], asked: Asked): Promise<ProductData[]> {
  const { clock, currency } = asked;
  const ids = asked.costs ? rows.map(({ id }) => id) : [];
  const costs = await readProductCosts(db, ids);
  return rows.map(({ created_at, updated_at, ...row }) => {
    const known = costs.get(row.id) ?? { costs: [], batches: [] };
    const current = costInForce(known, currency, clock.now());
    return {
      ...row,
      cost: current === undefined ? null : formatMoney(current.unit_cost_minor, current.currency),
      currency: current?.currency ?? null,
      costs: known.costs.map(costRow),
      batches: known.batches.map(batchRow),
      created_at: created_at.toISOString(),
      updated_at: updated_at.toISOString(),
    };
  });
}

function costInForce({ costs }: ProductCosts, currency: string, now: Date) {
  const inForce = costs.filter(({ period }) => contains(period, now));
  return inForce.find((each) => each.currency === currency) ?? inForce[0];
}
