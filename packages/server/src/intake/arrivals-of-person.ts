import { sql } from 'kysely';
import type { Database } from '../database/index.ts';
import { type Person, readErasedPeople } from '../people/index.ts';
import { addressPattern, erasedMark } from '../vocabulary/address-pattern.ts';
import { emailHash } from '../vocabulary/email-hash.ts';

/** What arrived about somebody and is kept as it came: deliveries of providers, rows that a file could not be read of. */
export async function exportArrivals(
  db: Database,
  { email }: Person,
): Promise<Record<'webhook_deliveries' | 'rejected_rows', unknown[]>> {
  if (email === null) return { webhook_deliveries: [], rejected_rows: [] };
  const pattern = addressPattern(email);
  const deliveries = await sql`
    select id, provider, received_at from webhook_deliveries
     where encode(body, 'escape') ~* ${pattern} order by received_at, id`.execute(db);
  const rejections = await sql`
    select import_id, file, line, reason, "row" from import_rejections
     where "row"::text ~* ${pattern} or reason ~* ${pattern} order by import_id, file, line`.execute(db);
  return { webhook_deliveries: deliveries.rows, rejected_rows: rejections.rows };
}

/**
 * Takes an address out of what is kept as it came, and out of what HubSpot told of deals. A delivery that waits for its
 * turn is still to be read, and loses the address once it is.
 */
export async function eraseArrivals(
  tx: Database,
  { email }: Person,
): Promise<Record<'webhook_deliveries' | 'rejected_rows', number>> {
  if (email === null) return { webhook_deliveries: 0, rejected_rows: 0 };
  const pattern = addressPattern(email);
  const held = await sql<{ id: string; body: Buffer }>`
    select id, body from webhook_deliveries
     where status <> 'waiting' and encode(body, 'escape') ~* ${pattern} for update`.execute(tx);
  for (const { id, body } of held.rows) await keepBody(tx, id, without(body, [email]));
  await sql`
    update webhook_deliveries set faults = regexp_replace(faults::text, ${pattern}, ${erasedMark}, 'gi')::jsonb,
           error = regexp_replace(error, ${pattern}, ${erasedMark}, 'gi')
     where faults::text ~* ${pattern} or error ~* ${pattern}`.execute(tx);
  const rejections = await sql`
    update import_rejections set "row" = '{}',
           reason = regexp_replace(reason, ${pattern}, ${erasedMark}, 'gi')
     where "row"::text ~* ${pattern} or reason ~* ${pattern}`.execute(tx);
  await sql`
    update hubspot_properties set value = regexp_replace(value, ${pattern}, ${erasedMark}, 'gi')
     where value ~* ${pattern}`.execute(tx);
  return {
    webhook_deliveries: held.rows.length,
    rejected_rows: Number(rejections.numAffectedRows),
  };
}

// As providers write it: a string of JSON.
const address = /[^\s"<>@,;:\\]{1,64}@[^\s"<>@,;:\\]{1,255}/g;

/** Of a delivery that was worked on: takes out the addresses of people who asked to be forgotten before it came. */
export async function eraseFromDelivery(db: Database, id: string, body: Buffer): Promise<void> {
  const addresses = [...new Set(body.toString().match(address))];
  const erased = await readErasedPeople(db, addresses.map(emailHash));
  const theirs = addresses.filter((address) => erased.has(emailHash(address).toString('hex')));
  if (theirs.length > 0) await keepBody(db, id, without(body, theirs));
}

function without(body: Buffer, addresses: string[]): Buffer {
  const text = addresses.reduce(
    (left, address) => left.replace(new RegExp(addressPattern(address), 'gi'), erasedMark),
    body.toString(),
  );
  return Buffer.from(text);
}

async function keepBody(db: Database, id: string, body: Buffer): Promise<void> {
  await sql`update webhook_deliveries set body = ${body} where id = ${id}`.execute(db);
}
