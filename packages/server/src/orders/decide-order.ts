import type { AuditEntry } from '../people/index.ts';
import type { NewIdentity } from '../touches/index.ts';
import { derivedId } from '../vocabulary/ids.ts';
import { auditOf, differences } from './audit-order.ts';
import type { HeldOrder, LineRow, OrderRow } from './lock-orders.ts';
import type { NormalOrder } from './normalise-order.ts';
import { numberLines } from './number-lines.ts';

/** An order as sent, with the products of its lines. */
export type SentOrder = NormalOrder & { productIds: string[] };

/** What recording an order comes to. */
export type DecidedOrder = {
  id: string;
  outcome: 'created' | 'updated' | 'unchanged' | 'ignored_older';
  /** The row in place of the held one, when it changes. */
  order?: OrderRow;
  /** The lines in place of those held, when they change. */
  lines?: LineRow[];
  /** Whose its session was by the version before, when this one says something else. */
  identityBefore?: NewIdentity;
  /** The currency it was in, when it is in another now. */
  currencyBefore?: string;
  audit?: AuditEntry;
};

/**
 * Compares a version of an order with the one held: by its hash, so that a delivery repeated after a change by hand
 * stays without effect; by the source's own version; then field by field.
 *
 * @param held undefined for an order that was inserted just now
 */
export function decideOrder(
  sent: SentOrder,
  held: HeldOrder | undefined,
  { actor, now }: { actor: string; now: Date },
): DecidedOrder {
  const { id } = sent;
  const lines = linesOf(sent, held?.lines ?? []);
  if (held === undefined) return { id, outcome: 'created', lines };
  if (sent.payload_hash.equals(held.order.payload_hash)) return { id, outcome: 'unchanged' };

  const subject = { actor, subject_kind: 'order', subject_id: id, at: now };
  if (isOlder(sent.updated_at, held.order.updated_at)) {
    // Its id is derived, so that an old version is kept once, however often it comes.
    const auditId = derivedId('order.ignore', id, sent.payload_hash.toString('hex'));
    const after = { updated_at: sent.updated_at, ...auditOf(contentOf(sent), lines) };
    return {
      id,
      outcome: 'ignored_older',
      audit: { ...subject, id: auditId, action: 'order.ignore', after },
    };
  }

  // A version that doesn't say which one it is does not make the next one that does look newer than it is.
  const order = { ...held.order, ...contentOf(sent), updated_at: sent.updated_at ?? held.order.updated_at };
  const changes = differences(auditOf(held.order, held.lines), auditOf(order, lines));
  if (changes === undefined) return { id, outcome: 'unchanged', order };
  // 100 in euros and 100 in yen are the same decimal, and not the same number of minor units.
  const isRestated = order.currency !== held.order.currency;
  return {
    id,
    outcome: 'updated',
    order: { ...order, revision: held.order.revision + 1, changed_at: now },
    lines: 'lines' in changes.after || isRestated ? lines : undefined,
    currencyBefore: isRestated ? held.order.currency : undefined,
    identityBefore: isSame(identityOf(held.order), identityOf(order)) ? undefined : identityOf(held.order),
    audit: { ...subject, action: 'order.update', ...changes },
  };
}

/** Who orders in a session says whose it is. */
export function identityOf({
  session_id,
  customer_id,
  ordered_at,
}: Pick<OrderRow, 'session_id' | 'customer_id' | 'ordered_at'>): NewIdentity | undefined {
  if (session_id === null || customer_id === null) return undefined;
  return { session_id, customer_id, identified_at: ordered_at };
}

function isSame(a: NewIdentity | undefined, b: NewIdentity | undefined): boolean {
  return (
    a?.session_id === b?.session_id &&
    a?.customer_id === b?.customer_id &&
    a?.identified_at.getTime() === b?.identified_at.getTime()
  );
}

/** Whether a version comes before the one held; a version that doesn't say counts as the newest. */
export function isOlder(sent: Date | null, held: Date | null): boolean {
  return sent !== null && held !== null && sent < held;
}

/** The row of an order that is not held yet. */
export function newRow(sent: SentOrder, receivedVia: string, now: Date): OrderRow {
  const { updated_at } = sent;
  return {
    ...contentOf(sent),
    updated_at,
    received_via: receivedVia,
    revision: 1,
    created_at: now,
    changed_at: now,
  };
}

/** Of an order's row, what the source says; the rest is how it came here. */
type OrderContent = Omit<OrderRow, 'received_via' | 'revision' | 'created_at' | 'changed_at' | 'updated_at'>;

function contentOf(sent: SentOrder): OrderContent {
  const { customer, lines: _, productIds: __, updated_at: ___, ...fields } = sent;
  return { ...fields, customer_id: customer?.id ?? null };
}

function linesOf(sent: SentOrder, held: LineRow[]): LineRow[] {
  const numbers = numberLines(sent.lines, held);
  return sent.lines
    .map(({ product: _, ...line }, place) => ({
      ...line,
      order_id: sent.id,
      line_no: numbers[place]!,
      product_id: sent.productIds[place]!,
    }))
    .sort((a, b) => a.line_no - b.line_no);
}
