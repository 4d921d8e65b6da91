import { z } from 'zod';
import { type Database, pastPriority } from '../../database/index.ts';
import { type ItemOutcome, rejected } from '../../vocabulary/batch.ts';
import type { Clock } from '../../vocabulary/clock.ts';
import { externalIdField, sourceField, timestampField } from '../../vocabulary/fields.ts';
import { liesAhead } from '../lies-ahead.ts';
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
  { clock }: { clock: Clock },
): Promise<ItemOutcome[]> {
  const now = clock.now();
  const outcomes: ItemOutcome[] = [];
  const past = rows.flatMap((row, place) => {
    if (!liesAhead(row.identified_at, now)) return [{ place, row }];
    outcomes[place] = rejected(null, [{ path: 'identified_at', message: 'lies in the future' }]);
    return [];
  });
  const customers = await resolveCustomers(
    db,
    past.map(({ row }) => row),
  );
  const identities = past.map(({ row: { session_id, identified_at } }, index) => ({
    session_id,
    identified_at,
    customer_id: customers[index]!,
  }));
  const created = await recordIdentities(db, identities, { priority: pastPriority });
  for (const [index, { place, row }] of past.entries()) {
    outcomes[place] = {
      outcome: created[index] ? 'created' : 'unchanged',
      id: customers[index]!,
      external_id: row.customer_id,
    };
  }
  return outcomes;
}
