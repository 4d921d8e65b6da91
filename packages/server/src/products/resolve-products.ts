import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../database/index.ts';
import { groupBy } from '../vocabulary/group-by.ts';
import { isId } from '../vocabulary/ids.ts';

/** A product as other rooms name it. */
export type KnownProduct = {
  id: string;
  source: string;
  external_id: string;
  sku: string | null;
  name: string | null;
};

/**
 * Looks products up by our ids or by the ids their shop gave them: an external id means the product of `source`, else
 * of `default`, else of any source when only one has it.
 *
 * @returns an entry per reference, ids first, in the order given; `product` is undefined where there is none
 */
export async function resolveProducts(
  db: Database,
  named: { product_ids?: string[]; external_ids?: string[]; source?: string },
): Promise<{ ref: string; product: KnownProduct | undefined }[]> {
  const { product_ids = [], external_ids = [], source = 'default' } = named;
  const byId = new Map<string, KnownProduct>();
  for (const row of await select(
    db,
    sql`id = any(${product_ids.filter(isId)}::uuid[])`,
    product_ids.length,
  )) {
    byId.set(row.id, row);
  }
  const byExternalId = groupBy(
    await select(db, sql`external_id = any(${external_ids}::text[])`, external_ids.length),
    (row) => row.external_id,
  );
  return [
    ...product_ids.map((ref) => ({ ref, product: byId.get(ref.toLowerCase()) })),
    ...external_ids.map((ref) => ({ ref, product: choose(byExternalId.get(ref) ?? [], source) })),
  ];
}

function choose(candidates: KnownProduct[], source: string): KnownProduct | undefined {
  return (
    candidates.find((each) => each.source === source) ??
    candidates.find((each) => each.source === 'default') ??
    (candidates.length === 1 ? candidates[0] : undefined)
  );
}

async function select(db: Database, condition: RawBuilder<boolean>, asked: number): Promise<KnownProduct[]> {
  if (asked === 0) return [];
  return db
    .selectFrom('products')
    .select(['id', 'source', 'external_id', 'sku', 'name'])
    .where(condition)
    .execute();
}
