import type { Database } from '../database/index.ts';
import type { Person } from '../people/index.ts';

/** The partners whose address is somebody's. */
export async function exportContacts(db: Database, { email }: Person): Promise<unknown[]> {
  if (email === null) return [];
  return await db
    .selectFrom('partners')
    .select(['id', 'kind', 'name', 'email'])
    .where(({ fn, ref }) => fn('lower', [ref('email')]), '=', email)
    .orderBy('id')
    .execute();
}

/** Takes an address off the partners that have it; the partner itself is no person. */
export async function eraseContacts(tx: Database, { email }: Person, now: Date): Promise<number> {
  if (email === null) return 0;
  const { numUpdatedRows } = await tx
    .updateTable('partners')
    .set({ email: null, updated_at: now })
    .where(({ fn, ref }) => fn('lower', [ref('email')]), '=', email)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}
