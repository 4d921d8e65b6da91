import type { Exporter } from '../exporter.ts';
import { afterKey, within } from '../keyset.ts';

/** Customers, as the API takes them; a span is of when they were recorded. */
export const customers: Exporter = {
  columns: ['id', 'source', 'external_id', 'email', 'email_hash', 'name', 'created_at', 'updated_at'],
  amounts: [],
  onlyInCsv: ['id', 'created_at', 'updated_at'],
  async read(db, span, after, size) {
    const page = await db
      .selectFrom('customers')
      .select(['id', 'source', 'external_id', 'email', 'email_hash', 'name', 'created_at', 'updated_at'])
      .where(within('created_at', span))
      .where(afterKey(['id'], ['uuid'], after))
      .orderBy('id')
      .limit(size)
      .execute();
    const rows = page.map((row) => ({
      ...row,
      email_hash: row.email_hash?.toString('hex') ?? null,
      created_at: row.created_at.toISOString(),
      updated_at: row.updated_at.toISOString(),
    }));
    const last = page.at(-1);
    return { rows, last: last && [last.id] };
  },
};
