import { type Selectable, sql } from 'kysely';
import { type Database, recordSet, type Tables } from '../../database/index.ts';

export type ConversionRow = Selectable<Tables['conversions']>;

const columns = {
  id: 'uuid',
  source: 'text',
  external_id: 'text',
  received_via: 'text',
  kind: 'text',
  value_minor: 'bigint',
  currency: 'text',
  converted_at: 'timestamptz',
  updated_at: 'timestamptz',
  withdrawn: 'boolean',
  product_category: 'text',
  campaign_id: 'uuid',
  reported_campaign: 'text',
  retailer: 'text',
  send_id: 'uuid',
  customer_id: 'uuid',
  order_id: 'uuid',
  names_order: 'boolean',
  payload_hash: 'bytea',
  created_at: 'timestamptz',
  changed_at: 'timestamptz',
} as const;

/** Inserts conversions that are not there yet. @returns the ids of those that were not */
export async function insertConversions(tx: Database, rows: ConversionRow[]): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  const set = recordSet(columns, rows);
  const inserted = await sql<{ id: string }>`
    insert into conversions (${set.names}) select ${set.names} from ${set.rows} order by id
    on conflict (id) do nothing returning id`.execute(tx);
  return new Set(inserted.rows.map(({ id }) => id));
}

/** Holds conversions against other changes, in the order of their ids. */
export async function lockConversions(tx: Database, ids: string[]): Promise<Map<string, ConversionRow>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom('conversions')
    .selectAll()
    .where('id', '=', sql<string>`any(${ids}::uuid[])`)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

const assignments = Object.keys(columns)
  .filter((name) => !['id', 'source', 'external_id', 'created_at'].includes(name))
  .map((name) => `${name} = sent.${name}`)
  .join(', ');

export async function updateConversions(tx: Database, rows: ConversionRow[]): Promise<void> {
  if (rows.length === 0) return;
  const set = recordSet(columns, rows);
  await sql`update conversions set ${sql.raw(assignments)} from ${set.rows} where conversions.id = sent.id`.execute(
    tx,
  );
}
