import { sql } from 'kysely';
import { type Database, enqueue } from '../../database/index.ts';
import type { NewIdentity } from './record-identities.ts';

/**
 * Takes back what orders said of whose a session was and say no longer, unless another order says the same. Every order
 * that it reached is left to be settled again. In the transaction that changes the orders, after they are written.
 */
export async function withdrawIdentities(
  tx: Database,
  identities: NewIdentity[],
  { priority }: { priority: number },
): Promise<void> {
  const withdrawn: NewIdentity[] = [];
  for (const { session_id, customer_id, identified_at } of identities) {
    const { rows } = await sql<NewIdentity>`
      with withdrawn as (
        delete from session_customers
         where session_id = ${session_id} and customer_id = ${customer_id} and identified_at = ${identified_at}
           and not exists (
             select from orders
              where session_id = ${session_id} and customer_id = ${customer_id} and ordered_at = ${identified_at})
        returning session_id, customer_id, identified_at
      ),
      other_side as (
        delete from customer_sessions known using withdrawn
         where known.customer_id = withdrawn.customer_id and known.session_id = withdrawn.session_id
           and known.identified_at = withdrawn.identified_at
      )
      select * from withdrawn`.execute(tx);
    withdrawn.push(...rows);
  }
  if (withdrawn.length === 0) return;
  const earliest = Math.min(...withdrawn.map(({ identified_at }) => identified_at.getTime()));
  await enqueue(
    tx,
    'settle-touched',
    {
      session_ids: [...new Set(withdrawn.map(({ session_id }) => session_id))],
      customer_ids: [...new Set(withdrawn.map(({ customer_id }) => customer_id))],
      from: new Date(earliest).toISOString(),
      cause: 'An order says something else of whose its session is.',
    },
    { priority },
  );
}
