import { sql } from 'kysely';
import { type Database, enqueue, inTransaction } from '../../../database/index.ts';
import { readErasedPeople } from '../../../people/index.ts';
import { addressPattern, erasedMark } from '../../../vocabulary/address-pattern.ts';
import { type ItemOutcome, rejected } from '../../../vocabulary/batch.ts';
import type { Clock } from '../../../vocabulary/clock.ts';
import { emailHash } from '../../../vocabulary/email-hash.ts';
import type { FieldFault } from '../../../vocabulary/errors.ts';
import { groupBy } from '../../../vocabulary/group-by.ts';
import { resolveEmailCampaigns } from '../mailings/resolve-email-campaigns.ts';
import { changeRollups } from '../sends/change-rollups.ts';
import { foldSend } from '../sends/fold-send.ts';
import { noMailing } from '../sends/record-sends.ts';
import { refoldSends } from '../sends/refold-sends.ts';
import { insertSends, lockSends, type SendRow, sendIdOf } from '../sends/send-row.ts';
import { type EventFact, eventIdOf, insertEvents } from './event-fact.ts';
import type { EventInput } from './event-input.ts';
import { messageKeyOf } from './message-key.ts';

// A transaction of this many events takes about 200 ms.
const chunkSize = 1000;

/**
 * Records what became of mails, one event or ten thousand. An event is kept once, by what its provider calls it; one
 * that names a mailing creates the send when it is not known yet; one whose message nobody knows yet waits for it.
 *
 * @returns an outcome per input, at its place; an event that waits is created as well
 */
export async function recordEvents(
  db: Database,
  inputs: ToldInput[],
  { clock }: { clock: Clock },
): Promise<ItemOutcome[]> {
  const outcomes: ItemOutcome[] = [];
  const mailings = await resolveEmailCampaigns(
    db,
    inputs.flatMap(({ email_campaign }) => email_campaign ?? []),
  );
  const readable = inputs.flatMap((input, place) => {
    const faults = faultsOf(input, mailings);
    if (faults.length > 0) outcomes[place] = rejected(input.event_id ?? null, faults);
    return faults.length > 0 ? [] : [{ place, event: factOf(input, mailings, clock.now()) }];
  });
  for (let start = 0; start < readable.length; start += chunkSize) {
    const chunk = readable.slice(start, start + chunkSize);
    const recorded = await inTransaction(db, (tx) =>
      recordChunk(
        tx,
        chunk.map(({ event }) => event),
      ),
    );
    for (const { place, event } of chunk) {
      const outcome = recorded.delete(event.id) ? 'created' : 'unchanged';
      outcomes[place] = { outcome, id: event.id, external_id: inputs[place]!.event_id ?? event.id };
    }
  }
  return outcomes;
}

/** An event with its recipient by address, or by the hash of it where links in mails tell. */
export type ToldInput = Omit<EventInput, 'recipient_email'> &
  ({ recipient_email: string } | { recipient_hash: Buffer });

/** An event with the send that it names, if it names one. */
type ToldEvent = EventFact & { email_campaign_id: string | null; recipient_email: string | null };

function faultsOf(input: ToldInput, mailings: Map<string, string>): FieldFault[] {
  const { email_campaign, message_id } = input;
  if (email_campaign && !mailings.has(email_campaign)) {
    return [{ path: 'email_campaign', message: noMailing(email_campaign) }];
  }
  if (email_campaign || message_id) return [];
  return [
    { path: 'message_id', message: 'or email_campaign is required, to say which mail the event is about' },
  ];
}

function factOf(input: ToldInput, mailings: Map<string, string>, now: Date): ToldEvent {
  const recipient_email = 'recipient_email' in input ? input.recipient_email : null;
  const recipient_hash = 'recipient_hash' in input ? input.recipient_hash : emailHash(input.recipient_email);
  const email_campaign_id = input.email_campaign ? mailings.get(input.email_campaign)! : null;
  const message_id = input.message_id ? messageKeyOf(input.message_id) : null;
  const content = [input.kind, input.occurred_at.toISOString(), email_campaign_id, message_id, input.url];
  return {
    recipient_hash,
    id: eventIdOf(
      input.provider,
      input.event_id ?? JSON.stringify([recipient_hash.toString('hex'), ...content]),
    ),
    send_id: email_campaign_id === null ? null : sendIdOf(email_campaign_id, recipient_hash),
    email_campaign_id,
    recipient_email,
    kind: input.kind,
    occurred_at: input.occurred_at,
    provider: input.provider,
    message_id,
    url: input.url ?? null,
    user_agent: input.user_agent ?? null,
    flagged: input.machine ?? false,
    machine: null,
    reason: input.reason ?? null,
    received_at: now,
  };
}

async function recordChunk(tx: Database, given: ToldEvent[]): Promise<Set<string>> {
  const told = await withoutErased(tx, given);
  const created = await insertSends(tx, sendsOf(told));
  const events = await placeByMessage(tx, told);
  const held = await lockSends(
    tx,
    events.flatMap(({ send_id, recipient_hash }) =>
      send_id === null ? [] : [{ id: send_id, recipient_hash }],
    ),
  );
  await changeRollups(
    tx,
    [...held.values()].filter(({ id }) => created.has(id)).map((after) => ({ before: undefined, after })),
  );
  const recorded = await insertEvents(tx, events);
  const news = events.filter(({ id }) => recorded.has(id));
  const touched = groupBy(
    news.filter(({ send_id }) => send_id !== null),
    ({ send_id }) => send_id!,
  );
  await refoldSends(
    tx,
    [...touched].map(([id, ofSend]) => ({ before: held.get(id)!, told: withTold(held.get(id)!, ofSend) })),
  );
  // Of a mailing's event, others may have come before by the message's id alone.
  const message_ids = new Set(news.flatMap(({ message_id }) => message_id ?? []));
  const isPlaced = events.every((event) => event.send_id !== null && event.email_campaign_id === null);
  if (message_ids.size > 0 && !isPlaced) {
    await enqueue(tx, 'claim-email-events', { message_ids: [...message_ids].sort() });
  }
  return recorded;
}

/** A send learns its message's id from the first event that says it, and so its address, where only links told of it. */
function withTold(send: SendRow, events: ToldEvent[]): SendRow {
  const named = send.message_id === null && events.find(({ message_id }) => message_id !== null);
  const addressed =
    send.recipient_email === null && events.find(({ recipient_email }) => recipient_email !== null);
  return {
    ...send,
    ...(named && { provider: named.provider, message_id: named.message_id }),
    ...(addressed && { recipient_email: addressed.recipient_email }),
  };
}

/** Of who asked to be forgotten, neither the address is kept nor what stands of it in links and reasons. */
async function withoutErased(tx: Database, told: ToldEvent[]): Promise<ToldEvent[]> {
  const erased = await readErasedPeople(
    tx,
    told.map(({ recipient_hash }) => recipient_hash),
  );
  if (erased.size === 0) return told;
  return told.map((event) => {
    if (!erased.has(event.recipient_hash.toString('hex')) || event.recipient_email === null) return event;
    const pattern = new RegExp(addressPattern(event.recipient_email), 'gi');
    const redacted = (text: string | null) => text?.replace(pattern, erasedMark) ?? null;
    return { ...event, recipient_email: null, url: redacted(event.url), reason: redacted(event.reason) };
  });
}

/** Sends as far as events know them: those of mailings that events name. */
function sendsOf(events: ToldEvent[]): SendRow[] {
  const sends = events.flatMap((event): [string, SendRow][] => {
    const { send_id, email_campaign_id, recipient_hash, recipient_email, provider, message_id } = event;
    if (send_id === null || email_campaign_id === null) return [];
    const told = { told_sent_at: null, created_at: event.received_at };
    const { send } = foldSend(told, [event]);
    const row = {
      recipient_hash,
      id: send_id,
      email_campaign_id,
      partner_id: null,
      recipient_email,
      recipient_name: null,
      ...told,
      provider,
      message_id,
      ...send,
    };
    return [[send_id, row]];
  });
  return [...new Map(sends).values()];
}

/** Gives events that name a message the send that it is. */
async function placeByMessage(tx: Database, events: ToldEvent[]): Promise<ToldEvent[]> {
  const open = events.filter(({ send_id }) => send_id === null);
  if (open.length === 0) return events;
  const { rows } = await sql<{ recipient_hash: Buffer; message_id: string; id: string }>`
    select recipient_hash, message_id, id from email_sends
     where message_id = any(${open.map(({ message_id }) => message_id)}::text[])
     order by created_at, id`.execute(tx);
  const found = new Map(rows.map((row) => [keyOf(row), row.id]));
  return events.map((event) => ({ ...event, send_id: event.send_id ?? found.get(keyOf(event)) ?? null }));
}

function keyOf({
  recipient_hash,
  message_id,
}: {
  recipient_hash: Buffer;
  message_id: string | null;
}): string {
  return `${recipient_hash.toString('hex')} ${message_id}`;
}
