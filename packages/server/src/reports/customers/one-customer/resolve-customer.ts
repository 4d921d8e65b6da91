import { sql } from 'kysely';
import type { Database } from '../../../database/index.ts';
import { personOf } from '../../../rollups/index.ts';
import { invalid, notFound } from '../../../vocabulary/errors.ts';

/** Whom a question about a customer is about, and under which published version. */
export type CustomerQuestion = {
  customer_id: string;
  person_id: string;
  /** All customers with the same email hash, this one among them. */
  customer_ids: string[];
  model: { id: string; name: string; version: number };
};

const preferred = ['last_touch', 'product_split'];

/**
 * Looks up a customer and a model: the one asked for, else last touch where it is kept, else the product split.
 * @throws not_found for the customer; invalid for the model
 */
export async function resolveCustomer(
  db: Database,
  customer_id: string,
  asked: string | undefined,
): Promise<CustomerQuestion> {
  const { rows } = await sql<{ id: string; person_id: string }>`
    select same.id, ${personOf} as person_id
      from customers
      join customers same on same.id = customers.id or same.email_hash = customers.email_hash
     where customers.id = ${customer_id}
     order by same.id`.execute(db);
  if (rows[0] === undefined) throw notFound('customer', customer_id);
  const model = await resolveModel(db, asked);
  return { customer_id, person_id: rows[0].person_id, customer_ids: rows.map(({ id }) => id), model };
}

async function resolveModel(db: Database, asked: string | undefined): Promise<CustomerQuestion['model']> {
  const published = await db
    .selectFrom('attribution_models')
    .select(['id', 'model as name', 'version'])
    .where('status', '=', 'published')
    .orderBy('model')
    .execute();
  const names = asked === undefined ? preferred : [asked];
  const found = names.flatMap((name) => published.find((each) => each.name === name) ?? [])[0];
  const model = found ?? (asked === undefined ? published[0] : undefined);
  if (model !== undefined) return model;
  const kept = published.map(({ name }) => name).join(', ');
  throw invalid('model', `must be a model that is kept here; there are ${kept || 'none yet'}`);
}
