import { z } from 'zod';
import { inSnapshot } from '../../database/index.ts';
import { exportArrivals } from '../../intake/index.ts';
import { exportCustomers, findPerson } from '../../orders/index.ts';
import { exportContacts } from '../../partners/index.ts';
import { exportAudit, type PersonInput, writeAudit } from '../../people/index.ts';
import { exportMails, exportVisits } from '../../touches/index.ts';
import { jsonField } from '../../vocabulary/fields.ts';
import type { RouteContext } from '../../vocabulary/route.ts';
import { subjectOf } from './subject-of.ts';

const rows = z.array(jsonField);

/** All that is held of somebody, table by table, as it stands there. */
export const exportedPerson = z.object({
  customers: rows,
  orders: rows,
  conversions: rows,
  email_sends: rows,
  email_events: rows,
  visits: rows,
  sessions: rows.meta({ description: 'Which sessions were known to be theirs, and since when' }),
  partners: rows.meta({ description: 'Whose contact they are' }),
  webhook_deliveries: rows,
  rejected_rows: rows.meta({ description: 'Of imports, which could not take them' }),
  audit: rows,
});

/**
 * Collects all that is held of a person, from one snapshot. That it was asked for is audited.
 *
 * @throws not_found
 */
export async function exportPerson(
  { db, actor, clock }: RouteContext,
  input: PersonInput,
): Promise<z.output<typeof exportedPerson>> {
  const { person, ...exported } = await inSnapshot(db, async (snapshot) => {
    const found = await findPerson(snapshot, input);
    return {
      person: found,
      ...(await exportCustomers(snapshot, found)),
      ...(await exportMails(snapshot, found)),
      ...(await exportVisits(snapshot, found)),
      partners: await exportContacts(snapshot, found),
      ...(await exportArrivals(snapshot, found)),
      audit: await exportAudit(snapshot, found),
    };
  });
  await writeAudit(db, {
    actor: actor.name,
    action: 'personal_data.export',
    ...subjectOf(person),
    at: clock.now(),
  });
  return exported;
}
