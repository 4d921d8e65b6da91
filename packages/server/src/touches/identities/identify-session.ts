import { z } from 'zod';
import { externalIdField, sourceField } from '../../vocabulary/fields.ts';
import type { RouteContext } from '../../vocabulary/route.ts';
import { keyField, sessionIdField } from '../visits/visit-input.ts';
import { recordIdentities } from './record-identities.ts';
import { resolveCustomers } from './resolve-customers.ts';

export const identifyInput = z.object({
  session_id: sessionIdField,
  customer_id: externalIdField.meta({ description: "The shop's id of the customer, or ours." }),
  source: sourceField.meta({ description: 'The shop, as on its orders.' }),
  key: keyField,
});

/** Records that a session is a customer's from now on. */
export async function identifySession(
  { db, clock }: Pick<RouteContext, 'db' | 'clock'>,
  { session_id, ...named }: z.output<typeof identifyInput>,
): Promise<{ session_id: string; customer_id: string; identified_at: string }> {
  const identified_at = clock.now();
  const [customer_id = ''] = await resolveCustomers(db, [named]);
  await recordIdentities(db, [{ session_id, customer_id, identified_at }], { priority: 0 });
  return { session_id, customer_id, identified_at: identified_at.toISOString() };
}
