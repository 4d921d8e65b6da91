import { z } from 'zod';
import type { Database } from '../database/index.ts';
import { decodeCursor, encodeCursor } from '../vocabulary/cursor.ts';
import { emailHash } from '../vocabulary/email-hash.ts';
import { notFound } from '../vocabulary/errors.ts';
import { pageFields, textField, timestampField } from '../vocabulary/fields.ts';

/** A customer as the API shows it. */
export const customerData = z.object({
  id: z.uuid(),
  source: z.string(),
  external_id: z.string(),
  email: z.string().nullable(),
  email_hash: z.string().nullable().meta({ description: 'SHA-256 of the address, in hexadecimal' }),
  name: z.string().nullable(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
});
export type CustomerData = z.output<typeof customerData>;

export const customersQuery = z.object({
  ...pageFields,
  source: z.string().optional(),
  external_id: z.string().optional(),
  email: z.string().optional().meta({ description: 'The whole address, in whatever case.' }),
  search: textField(200).optional().meta({ description: 'Part of a name, address or external id.' }),
});

/** @throws not_found */
export async function readCustomer(db: Database, id: string): Promise<CustomerData> {
  const row = await db.selectFrom('customers').select(columns).where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw notFound('customer', id);
  return show(row);
}

const listName = 'customers:created_at:desc';
const cursorKey = z.tuple([timestampField, z.uuid()]);

/** Customers, the newest first, a page at a time. */
export async function listCustomers(
  db: Database,
  { source, external_id, email, search, cursor, limit }: z.output<typeof customersQuery>,
): Promise<{ customers: CustomerData[]; next_cursor: string | null }> {
  let found = db.selectFrom('customers').select(columns);
  if (source !== undefined) found = found.where('source', '=', source);
  if (external_id !== undefined) found = found.where('external_id', '=', external_id);
  if (email !== undefined) found = found.where('email_hash', '=', emailHash(email));
  if (search !== undefined) {
    const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
    found = found.where((customer) =>
      customer.or(
        (['name', 'email', 'external_id'] as const).map((column) => customer(column, 'ilike', pattern)),
      ),
    );
  }
  if (cursor !== undefined) {
    const [createdAt, id] = decodeCursor(listName, cursorKey, cursor);
    found = found.where((each) => each(each.refTuple('created_at', 'id'), '<', each.tuple(createdAt, id)));
  }
  const rows = await found
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();

  const page = rows.slice(0, limit);
  const last = rows.length > page.length ? page.at(-1) : undefined;
  return {
    customers: page.map(show),
    next_cursor: last === undefined ? null : encodeCursor(listName, [last.created_at.toISOString(), last.id]),
  };
}

const columns = [
  'id',
  'source',
  'external_id',
  'email',
  'email_hash',
  'name',
  'created_at',
  'updated_at',
] as const;

type Row = Omit<CustomerData, 'email_hash' | 'created_at' | 'updated_at'> & {
  email_hash: Buffer | null;
  created_at: Date;
  updated_at: Date;
};

function show({ email_hash, created_at, updated_at, ...row }: Row): CustomerData {
  return {
    ...row,
    email_hash: email_hash?.toString('hex') ?? null,
    created_at: created_at.toISOString(),
    updated_at: updated_at.toISOString(),
  };
}
