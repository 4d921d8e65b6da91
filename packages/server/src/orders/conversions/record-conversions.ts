import { resolveCampaigns } from '../../campaigns/index.ts';
import { type Database, enqueueSettlement, inTransaction } from '../../database/index.ts';
import { type AuditEntry, writeAudit } from '../../people/index.ts';
import { readSendOrigins } from '../../touches/index.ts';
import { type ItemOutcome, rejected, withoutRepeats } from '../../vocabulary/batch.ts';
import type { Clock } from '../../vocabulary/clock.ts';
import { derivedId } from '../../vocabulary/ids.ts';
import { isOlder } from '../decide-order.ts';
import { normaliseCustomer } from '../normalise-customer.ts';
import type { OrderInput } from '../order-input.ts';
import { upsertCustomers } from '../record-customers.ts';
import { recordOrders } from '../record-orders.ts';
import type { ConversionInput } from './conversion-input.ts';
import {
  type ConversionRow,
  insertConversions,
  lockConversions,
  updateConversions,
} from './conversion-row.ts';
import { type ConversionVersion, normaliseConversion } from './normalise-conversion.ts';
import { orderOfSale } from './order-of-sale.ts';

export type RecordConversionsContext = {
  clock: Clock;
  /** As the audit log names it. */
  actor: string;
  /** The installation's currency. */
  currency: string;
  /** The channel that reports: `api`, `import`, `hubspot`. */
  receivedVia: string;
  /** A campaign that nobody knows is waited for, not refused. */
  campaignsMayComeLater?: boolean;
};

// A transaction of this many conversions, with their orders, takes about half a second.
const chunkSize = 500;

/**
 * Records what CRMs say was won, one or ten thousand, by source and external id: a new one is created, a newer version
 * replaces the held one and is audited, the same again changes nothing, an older one is ignored and kept in the audit log,
 * a faulty one rejected.
 *
 * A sale that names an order is that order, and makes none; one that names none is recorded as an order without lines
 * by the verb by which all orders enter, in the same transaction. A sale that is withdrawn, turns into something else or
 * comes to name an order leaves its own order cancelled. What it claims of the order it names settles that order again.
 *
 * @returns an outcome per input, at its place
 */
export async function recordConversions(
  db: Database,
  inputs: ConversionInput[],
  context: RecordConversionsContext,
): Promise<ItemOutcome[]> {
  const outcomes: ItemOutcome[] = [];
  const named = await resolveCampaigns(
    db,
    inputs.flatMap(({ campaign }) => campaign ?? []),
  );
  const resolved = named.values();
  const origins = await readSendOrigins(
    db,
    inputs.flatMap(({ send_id }) => send_id ?? []),
  );
  const readable = inputs.flatMap((input, place) => {
    const normal = normaliseConversion(input, {
      installation_currency: context.currency,
      resolved: input.campaign ? resolved.next().value : undefined,
      origin: origins.get(input.send_id ?? ''),
      strict: !context.campaignsMayComeLater,
    });
    if (normal.faults.length > 0) outcomes[place] = rejected(input.external_id, normal.faults);
    return normal.faults.length > 0 ? [] : [{ place, input, ...normal }];
  });
  for (const round of withoutRepeats(readable, ({ version }) => version.id)) {
    for (let start = 0; start < round.length; start += chunkSize) {
      const chunk = round.slice(start, start + chunkSize);
      const recorded = await inTransaction(db, (tx) => recordChunk(tx, chunk, context));
      chunk.forEach(({ place }, index) => {
        outcomes[place] = recorded[index]!;
      });
    }
  }
  return outcomes;
}

type Sent = { input: ConversionInput; version: ConversionVersion; payload_hash: Buffer };
type Outcome = 'created' | 'updated' | 'unchanged' | 'ignored_older';
type Decided = { sent: Sent; outcome: Outcome; before: ConversionRow | undefined; after: ConversionRow };

async function recordChunk(
  tx: Database,
  sent: Sent[],
  context: RecordConversionsContext,
): Promise<ItemOutcome[]> {
  const now = context.clock.now();
  const customers = await recordTheirCustomers(tx, sent, context, now);
  const rows = sent.map(
    (each): ConversionRow => ({
      ...each.version,
      received_via: context.receivedVia,
      customer_id: customers.get(each) ?? null,
      payload_hash: each.payload_hash,
      created_at: now,
      changed_at: now,
    }),
  );
  const created = await insertConversions(tx, rows);
  const held = await lockConversions(
    tx,
    rows.filter(({ id }) => !created.has(id)).map(({ id }) => id),
  );
  const decided = sent.map((each, place) => decide(each, rows[place]!, held.get(rows[place]!.id)));
  const changed = decided.filter(({ outcome }) => outcome === 'created' || outcome === 'updated');
  await updateConversions(
    tx,
    changed.filter(({ before }) => before !== undefined).map(({ after }) => after),
  );
  await recordOrders(
    tx,
    changed.flatMap(({ sent: { input }, before, after }): OrderInput[] => orderOfSale(input, before, after)),
    { ...context, createMissingProducts: false },
  );
  await writeAudit(
    tx,
    decided.flatMap((each) => auditOf(each, context.actor, now)),
  );
  await enqueueSettlement(tx, changed.flatMap(namedOrders), 'What a CRM claims of the order became known.');
  return decided.map(({ outcome, after: { id, external_id } }) => ({ outcome, id, external_id }));
}

function namedOrders({ before, after }: Decided): string[] {
  return [before, after].flatMap((row) => (row?.names_order === true ? (row.order_id ?? []) : []));
}

function decide(sent: Sent, row: ConversionRow, held: ConversionRow | undefined): Decided {
  if (held === undefined) return { sent, outcome: 'created', before: undefined, after: row };
  if (held.payload_hash.equals(sent.payload_hash)) {
    return { sent, outcome: 'unchanged', before: held, after: held };
  }
  if (isOlder(sent.version.updated_at, held.updated_at)) {
    return { sent, outcome: 'ignored_older', before: held, after: held };
  }
  const after = { ...row, created_at: held.created_at, updated_at: row.updated_at ?? held.updated_at };
  return { sent, outcome: 'updated', before: held, after };
}

/** Customers of sales come with their order; those of leads and sign-ups are recorded by themselves. */
async function recordTheirCustomers(
  tx: Database,
  sent: Sent[],
  { actor }: RecordConversionsContext,
  now: Date,
): Promise<Map<Sent, string>> {
  const theirs = sent.flatMap((each) => {
    const { customer, source } = each.input;
    return customer ? [{ each, customer: normaliseCustomer({ ...customer, source }) }] : [];
  });
  await upsertCustomers(
    tx,
    theirs.map(({ customer }) => customer),
    { actor, now },
  );
  return new Map(theirs.map(({ each, customer }) => [each, customer.id]));
}

function auditOf({ sent, outcome, before, after }: Decided, actor: string, at: Date): AuditEntry[] {
  const subject = { actor, subject_kind: 'conversion', subject_id: after.id, at };
  if (outcome === 'ignored_older') {
    // Its id is derived, so that an old version is kept once, however often it comes.
    const id = derivedId('conversion.ignore', after.id, sent.payload_hash.toString('hex'));
    return [{ ...subject, id, action: 'conversion.ignore', after: sent.version }];
  }
  if (outcome !== 'updated' || before === undefined) return [];
  const names = Object.keys(after) as (keyof ConversionRow)[];
  const changed = names.filter(
    (name) => !['payload_hash', 'changed_at'].includes(name) && String(before[name]) !== String(after[name]),
  );
  const of = (row: ConversionRow) => Object.fromEntries(changed.map((name) => [name, row[name]]));
  return [{ ...subject, action: 'conversion.update', before: of(before), after: of(after) }];
}
