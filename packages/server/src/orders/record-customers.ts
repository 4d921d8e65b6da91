import { sql } from 'kysely';
import { type Database, enqueue, inTransaction, recordSet } from '../database/index.ts';
import { type AuditEntry, readErasedPeople, writeAudit } from '../people/index.ts';
import { type ItemOutcome, withoutRepeats } from '../vocabulary/batch.ts';
import type { Clock } from '../vocabulary/clock.ts';
import { emailHash } from '../vocabulary/email-hash.ts';
import { groupBy } from '../vocabulary/group-by.ts';
import { type CustomerContent, customerAfter, customerChanges } from './decide-customer.ts';
import { type NormalCustomer, normaliseCustomer } from './normalise-customer.ts';
import type { CustomerInput } from './order-input.ts';
import { readSamePeople } from './read-same-people.ts';

/**
 * Records customers by (source, external_id): new ones are created, changed ones updated and audited, the same again
 * changes nothing. A field left out stays as it is, null clears it.
 *
 * @returns an outcome per input, at its place
 */
export async function recordCustomers(
  db: Database,
  inputs: CustomerInput[],
  { clock, actor }: { clock: Clock; actor: string },
): Promise<ItemOutcome[]> {
  const outcomes: ItemOutcome[] = [];
  const customers = inputs.map((input, place) => ({ place, customer: normaliseCustomer(input) }));
  await inTransaction(db, async (tx) => {
    for (const round of withoutRepeats(customers, ({ customer }) => customer.id)) {
      const decided = await upsertCustomers(
        tx,
        round.map(({ customer }) => customer),
        { actor, now: clock.now() },
      );
      for (const { place, customer } of round) {
        const { id, external_id } = customer;
        outcomes[place] = { outcome: decided.get(id)!, id, external_id };
      }
    }
  });
  return outcomes;
}

type Outcome = 'created' | 'updated' | 'unchanged';

/**
 * Records the customers of a batch of orders. Of one that appears several times, each field is taken from the last that
 * gives it. Most are known and unchanged, and are neither locked nor written.
 */
export async function upsertCustomers(
  tx: Database,
  sent: NormalCustomer[],
  { actor, now }: { actor: string; now: Date },
): Promise<Map<string, Outcome>> {
  const ordered = inOrder(sent);
  const known = await readCustomers(tx, ordered);
  const customers = await withoutErased(tx, ordered, known);
  const unknown = customers.filter(({ id }) => !known.has(id));
  const created = new Set(await insertCustomers(tx, unknown, now));

  // Only those that differ are locked; they are compared again behind the lock.
  const differing = customers.filter((customer) => {
    const held = known.get(customer.id);
    return !created.has(customer.id) && (held === undefined || changeOf(customer, held) !== undefined);
  });
  const locked = await readCustomers(tx, differing, 'for no key update');
  const changed = differing.flatMap((customer) => changeOf(customer, locked.get(customer.id)!) ?? []);
  const moved = changed.filter(({ before, after }) => before.email_hash !== after.email_hash);
  await settlePeople(
    tx,
    moved.map(({ after }) => after.id),
  );
  await updateCustomers(
    tx,
    changed.map(({ after }) => after),
    now,
  );
  await writeAudit(
    tx,
    changed.map(({ after, told }): AuditEntry => {
      const subject = { subject_kind: 'customer', subject_id: after.id };
      return { actor, action: 'customer.update', ...subject, ...told, at: now };
    }),
  );
  const updated = new Set(changed.map(({ after }) => after.id));
  return new Map(
    customers.map(({ id }) => [id, created.has(id) ? 'created' : updated.has(id) ? 'updated' : 'unchanged']),
  );
}

/** An address that changes joins or parts people: the orders of who they are and were until now are settled again. */
async function settlePeople(tx: Database, customerIds: string[]): Promise<void> {
  if (customerIds.length === 0) return;
  const people = [...(await readSamePeople(tx, customerIds)).values()].flat();
  const customer_ids = [...new Set(people)].sort();
  await enqueue(tx, 'settle-touched', { customer_ids, from: new Date(0).toISOString(), cause: 'identity' });
}

type HeldCustomer = CustomerContent & { id: string; is_erased: boolean };
type SentCustomer = { id: string; source: string; external_id: string; sent: NormalCustomer[] };

const nothingHeld: CustomerContent = { email: null, email_hash: null, name: null };

/** Of who asked to be forgotten, what is told of name and address is left out: the hash alone says who they are. */
async function withoutErased(
  tx: Database,
  customers: SentCustomer[],
  known: Map<string, HeldCustomer>,
): Promise<SentCustomer[]> {
  const told = customers.flatMap(({ sent }) => sent.flatMap((each) => hashOf(each) ?? []));
  const held = [...known.values()].flatMap(({ email_hash }) => email_hash ?? []);
  const hashes = [...new Set([...told, ...held])].map((hash) => Buffer.from(hash, 'hex'));
  const erased = await readErasedPeople(tx, hashes);
  return customers.map(({ sent, ...customer }) => {
    const before = known.get(customer.id);
    if (before?.is_erased || erased.has(before?.email_hash ?? '')) return { ...customer, sent: [] };
    return {
      ...customer,
      sent: sent.map((each) => {
        const email_hash = hashOf(each);
        const isErased = email_hash != null && erased.has(email_hash);
        return isErased ? { ...each, email: undefined, email_hash, name: undefined } : each;
      }),
    };
  });
}

function hashOf({ email, email_hash }: NormalCustomer): string | null | undefined {
  return email ? emailHash(email).toString('hex') : email_hash;
}

// In the order of their ids, in which they are locked wherever customers are written.
function inOrder(sent: NormalCustomer[]): SentCustomer[] {
  return [...groupBy(sent, ({ id }) => id)]
    .map(([id, each]) => ({ id, source: each[0]!.source, external_id: each[0]!.external_id, sent: each }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

function changeOf({ sent }: SentCustomer, { id, is_erased: _, ...before }: HeldCustomer) {
  const after = customerAfter(before, sent);
  const told = customerChanges(before, after);
  return told && { before, after: { id, ...after }, told };
}

async function readCustomers(
  tx: Database,
  customers: { id: string }[],
  lock: '' | 'for no key update' = '',
): Promise<Map<string, HeldCustomer>> {
  if (customers.length === 0) return new Map();
  const ids = customers.map(({ id }) => id);
  const { rows } = await sql<HeldCustomer>`
    select id, email, encode(email_hash, 'hex') as email_hash, name, erased_at is not null as is_erased
      from customers where id = any(${ids}::uuid[]) order by id ${sql.raw(lock)}`.execute(tx);
  return new Map(rows.map((row) => [row.id, row]));
}

const columns = {
  id: 'uuid',
  source: 'text',
  external_id: 'text',
  email: 'text',
  email_hash: 'bytea',
  name: 'text',
  created_at: 'timestamptz',
  updated_at: 'timestamptz',
} as const;

async function insertCustomers(tx: Database, customers: SentCustomer[], now: Date): Promise<string[]> {
  if (customers.length === 0) return [];
  const { names, rows } = recordSet(
    columns,
    customers.map(({ sent, ...key }) => ({
      ...key,
      ...asColumns(customerAfter(nothingHeld, sent)),
      created_at: now,
      updated_at: now,
    })),
  );
  const inserted = await sql<{ id: string }>`
    insert into customers (${names}) select ${names} from ${rows} order by id
    on conflict (id) do nothing returning id`.execute(tx);
  return inserted.rows.map(({ id }) => id);
}

async function updateCustomers(
  tx: Database,
  customers: (CustomerContent & { id: string })[],
  now: Date,
): Promise<void> {
  if (customers.length === 0) return;
  const { id, email, email_hash, name } = columns;
  const { rows } = recordSet({ id, email, email_hash, name }, customers.map(asColumns));
  await sql`
    update customers set email = sent.email, email_hash = sent.email_hash, name = sent.name, updated_at = ${now}
    from ${rows} where customers.id = sent.id`.execute(tx);
}

function asColumns<Content extends CustomerContent>(content: Content) {
  const { email_hash } = content;
  return { ...content, email_hash: email_hash === null ? null : Buffer.from(email_hash, 'hex') };
}
