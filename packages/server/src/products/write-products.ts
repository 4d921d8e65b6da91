import { sql } from 'kysely';
import type { Database } from '../database/index.ts';
import { mintId } from '../vocabulary/ids.ts';
import type { DecidedProduct } from './decide-product.ts';
import { sinceEver } from './unit-cost.ts';

/** Writes what was decided of products whose rows are locked; the unchanged ones are left alone. */
export async function writeProducts(tx: Database, decided: DecidedProduct[], now: Date): Promise<void> {
  const changed = decided.filter(({ outcome }) => outcome !== 'unchanged');
  await writeFields(tx, changed, now);
  await writeCosts(tx, changed);
  await writeBatches(tx, changed);
}

async function writeFields(tx: Database, changed: DecidedProduct[], now: Date): Promise<void> {
  if (changed.length === 0) return;
  const rows = changed.map(({ id, sku, name, category }) => ({ id, sku, name, category }));
  await sql`
    update products set sku = sent.sku, name = sent.name, category = sent.category, updated_at = ${now}
    from json_to_recordset(${JSON.stringify(rows)}::json) as sent (id uuid, sku text, name text, category text)
    where products.id = sent.id
  `.execute(tx);
}

async function writeCosts(tx: Database, changed: DecidedProduct[]): Promise<void> {
  const rewritten = changed.flatMap(({ id, costs }) => costs.map((each) => ({ id, ...each })));
  if (rewritten.length === 0) return;
  const keys = rewritten.map(({ id, currency }) => ({ product_id: id, currency }));
  // The old periods go first: the table refuses two that overlap, also for a moment.
  await sql`
    delete from product_costs using json_to_recordset(${JSON.stringify(keys)}::json)
      as sent (product_id uuid, currency text)
    where product_costs.product_id = sent.product_id and product_costs.currency = sent.currency
  `.execute(tx);
  const rows = rewritten.flatMap(({ id, currency, periods }) =>
    periods.map(({ period, unit_cost_minor }) => ({
      id: mintId(),
      product_id: id,
      currency,
      period: `[${boundOf(period.from)},${boundOf(period.to)})`,
      unit_cost_minor: String(unit_cost_minor),
    })),
  );
  await sql`
    insert into product_costs (id, product_id, currency, period, unit_cost_minor)
    select * from json_to_recordset(${JSON.stringify(rows)}::json)
      as sent (id uuid, product_id uuid, currency text, period tstzrange, unit_cost_minor bigint)
  `.execute(tx);
}

async function writeBatches(tx: Database, changed: DecidedProduct[]): Promise<void> {
  const rows = changed.flatMap(({ id, batches }) =>
    batches.map(({ batch, currency, unit_cost_minor }) => ({
      product_id: id,
      batch,
      currency,
      unit_cost_minor: String(unit_cost_minor),
    })),
  );
  if (rows.length === 0) return;
  await sql`
    insert into product_batches (product_id, batch, currency, unit_cost_minor)
    select * from json_to_recordset(${JSON.stringify(rows)}::json)
      as sent (product_id uuid, batch text, currency text, unit_cost_minor bigint)
    on conflict (product_id, batch, currency) do update set unit_cost_minor = excluded.unit_cost_minor
  `.execute(tx);
}

function boundOf(instant: Date | null): string {
  return instant === null || instant.getTime() === sinceEver.getTime() ? '' : instant.toISOString();
}
