import { z } from 'zod';
import { type Database, pastPriority } from '../../database/index.ts';
import type { ItemOutcome } from '../../vocabulary/batch.ts';
import { externalIdField, sourceField, timestampField } from '../../vocabulary/fields.ts';
import { sessionIdField } from '../visits/visit-input.ts';
import { recordIdentities } from './record-identities.ts';
import { resolveCustomers } from './resolve-customers.ts';

/** That a session was a customer's, with its own time. */
export const identityRow = z.strictObject({
  session_id: sessionIdField,
  customer_id: externalIdField.meta({ description: "The shop's id of the customer, or ours." }),
  identified_at: timestampField,
  source: sourceField.meta({ description: 'The shop, as on its orders.' }),
});

/**
 * Records identities with their own times; sent again, they change nothing.
 *
 * @returns an outcome per identity, at its place, with our id of the customer
 */
export async function recordIdentityRows(
  db: Database,
  rows: z.output<typeof identityRow>[],
): Promise<ItemOutcome[]> {
  const customers = await resolveCustomers(db, rows);
  const identities = rows.map(({ session_id, identified_at }, place) => ({
    session_id,
    identified_at,
    customer_id: customers[place]!,
  }));
  const created = await recordIdentities(db, identities, { priority: pastPriority });
  return rows.map(({ customer_id }, place) => ({
    outcome: created[place] ? 'created' : 'unchanged',
    id: customers[place]!,
    external_id: customer_id,
  }));
}
