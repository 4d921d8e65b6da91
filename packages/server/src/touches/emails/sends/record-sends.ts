import { type Database, enqueue, inTransaction } from '../../../database/index.ts';
import { resolvePartners } from '../../../partners/index.ts';
import { readErasedPeople } from '../../../people/index.ts';
import { type ItemOutcome, rejected, withoutRepeats } from '../../../vocabulary/batch.ts';
import type { Clock } from '../../../vocabulary/clock.ts';
import { emailHash } from '../../../vocabulary/email-hash.ts';
import type { FieldFault } from '../../../vocabulary/errors.ts';
import { type EventFact, eventIdOf, insertEvents } from '../events/event-fact.ts';
import { messageKeyOf } from '../events/message-key.ts';
import { resolveEmailCampaigns } from '../mailings/resolve-email-campaigns.ts';
import { changeRollups } from './change-rollups.ts';
import { foldSend } from './fold-send.ts';
import { type HeldSend, refoldSends } from './refold-sends.ts';
import type { SendInput } from './send-input.ts';
import { insertSends, lockSends, type SendRow, sendIdOf } from './send-row.ts';
import { toldEvents } from './told-events.ts';

// A transaction of this many sends takes about 200 ms.
const chunkSize = 1000;

/**
 * Records sends, one or ten thousand, by mailing and recipient: a new one is created, what is told beside what is held
 * is added, the same again changes nothing. Times that are told are kept as events, like those of providers, so that
 * in whatever order they come the send ends the same. A field left out stays as it is.
 *
 * @returns an outcome per input, at its place
 */
export async function recordSends(
  db: Database,
  inputs: (SendInput & { email_campaign: string })[],
  { clock }: { clock: Clock },
): Promise<ItemOutcome[]> {
  const outcomes: ItemOutcome[] = [];
  const told = await readTold(db, inputs, clock.now());
  const readable = told.flatMap((each, place) => {
    if ('faults' in each) outcomes[place] = rejected(inputs[place]!.recipient_email, each.faults);
    return 'faults' in each ? [] : [{ place, ...each }];
  });
  for (const round of withoutRepeats(readable, ({ send }) => send.id)) {
    for (let start = 0; start < round.length; start += chunkSize) {
      const chunk = round.slice(start, start + chunkSize);
      const recorded = await inTransaction(db, (tx) => recordChunk(tx, chunk));
      for (const { place, send } of chunk) {
        outcomes[place] = {
          outcome: recorded.get(send.id)!,
          id: send.id,
          external_id: inputs[place]!.recipient_email,
        };
      }
    }
  }
  return outcomes;
}

/** A send as told, and the events that its times are. */
type ToldSend = { send: SendRow; events: EventFact[] };

async function readTold(
  db: Database,
  inputs: (SendInput & { email_campaign: string })[],
  now: Date,
): Promise<(ToldSend | { faults: FieldFault[] })[]> {
  const mailings = await resolveEmailCampaigns(
    db,
    inputs.map(({ email_campaign }) => email_campaign),
  );
  const partners = (
    await resolvePartners(
      db,
      'retailer',
      inputs.flatMap(({ retailer }) => retailer ?? []),
    )
  ).values();
  return inputs.map((input) => {
    const faults: FieldFault[] = [];
    const mailing = mailings.get(input.email_campaign);
    if (mailing === undefined)
      faults.push({ path: 'email_campaign', message: noMailing(input.email_campaign) });
    const partner = input.retailer ? partners.next().value : undefined;
    if (input.retailer && partner === undefined) {
      faults.push({
        path: 'retailer',
        message: `names no retailer: ${input.retailer} is no id, name or alias of one; create the partner first`,
      });
    }
    return mailing === undefined || faults.length > 0
      ? { faults }
      : toldSend(input, mailing, partner ?? null, now);
  });
}

/** What is said of an email campaign that is none. */
export function noMailing(word: string): string {
  return `names no email campaign: ${word} is no id or external_id of one`;
}

function toldSend(input: SendInput, mailing: string, partner: string | null, now: Date): ToldSend {
  const recipient_hash = emailHash(input.recipient_email);
  const id = sendIdOf(mailing, recipient_hash);
  const told = {
    recipient_hash,
    id,
    email_campaign_id: mailing,
    partner_id: partner,
    recipient_email: input.recipient_email,
    recipient_name: input.recipient_name ?? null,
    told_sent_at: input.sent_at ?? null,
    provider: input.provider ?? null,
    message_id: input.message_id ? messageKeyOf(input.message_id) : null,
    created_at: now,
  };
  const events = toldEvents(input, now).map(
    ({ kind, at, told_at, reason }): EventFact => ({
      recipient_hash,
      // The same told again is the same event, also where its time is only that of its coming.
      id: eventIdOf('told', [id, kind, told_at?.toISOString() ?? 'untimed'].join(' ')),
      send_id: id,
      kind,
      occurred_at: at,
      provider: 'told',
      message_id: null,
      url: null,
      user_agent: null,
      flagged: false,
      machine: null,
      reason,
      received_at: now,
    }),
  );
  const { send, machines } = foldSend(told, events);
  return {
    send: { ...told, ...send },
    events: events.map((event) => ({ ...event, machine: machines.get(event.id) ?? null })),
  };
}

async function recordChunk(
  tx: Database,
  given: ToldSend[],
): Promise<Map<string, 'created' | 'updated' | 'unchanged'>> {
  const told = await withoutErased(tx, given);
  const created = await insertSends(
    tx,
    told.map(({ send }) => send),
  );
  const known = told.filter(({ send }) => !created.has(send.id));
  const held = await lockSends(
    tx,
    known.map(({ send }) => send),
  );
  const newEvents = await insertEvents(
    tx,
    told.flatMap(({ events }) => events),
  );
  const fresh = told.filter(({ send }) => created.has(send.id));
  await changeRollups(
    tx,
    fresh.map(({ send }) => ({ before: undefined, after: send })),
  );
  const changed = known.flatMap(({ send, events }): HeldSend[] => {
    const before = held.get(send.id)!;
    const now = withTold(before, send);
    const isChanged = now !== before || events.some(({ id }) => newEvents.has(id));
    return isChanged ? [{ before, told: now }] : [];
  });
  await refoldSends(tx, changed);
  await claimLater(tx, [...fresh.map(({ send }) => send), ...changed.map(({ told: now }) => now)]);
  const updated = new Set(changed.map(({ told: now }) => now.id));
  return new Map(
    told.map(({ send: { id } }) => [
      id,
      created.has(id) ? 'created' : updated.has(id) ? 'updated' : 'unchanged',
    ]),
  );
}

/** Of who asked to be forgotten, neither address nor name is kept. */
async function withoutErased(tx: Database, told: ToldSend[]): Promise<ToldSend[]> {
  const erased = await readErasedPeople(
    tx,
    told.map(({ send }) => send.recipient_hash),
  );
  if (erased.size === 0) return told;
  return told.map(({ send, ...each }) =>
    erased.has(send.recipient_hash.toString('hex'))
      ? { ...each, send: { ...send, recipient_email: null, recipient_name: null } }
      : { ...each, send },
  );
}

const toldNames = [
  'partner_id',
  'recipient_email',
  'recipient_name',
  'told_sent_at',
  'provider',
  'message_id',
] as const;

/** What is held with what is told put over it; the same object when that changes nothing. */
function withTold(held: SendRow, told: SendRow): SendRow {
  const given = Object.fromEntries(
    toldNames.flatMap((name) =>
      told[name] === null || String(told[name]) === String(held[name]) ? [] : [[name, told[name]]],
    ),
  );
  // Its case means nothing.
  if (held.recipient_email !== null) delete given.recipient_email;
  return Object.keys(given).length === 0 ? held : { ...held, ...given };
}

/**
 * Events may have come before their send: a job looks for them when both are committed. Clicks that are told with a
 * new send are touches already.
 */
async function claimLater(tx: Database, sends: SendRow[]): Promise<void> {
  const message_ids = [...new Set(sends.flatMap(({ message_id }) => message_id ?? []))].sort();
  if (message_ids.length > 0) await enqueue(tx, 'claim-email-events', { message_ids });
  for (const [kind, cause] of causes) {
    const touched = sends.flatMap((send) => {
      const at = send[`${kind}_at`] ?? send[`machine_${kind}_at`];
      return at === null ? [] : [{ ...send, at }];
    });
    if (touched.length === 0) continue;
    await enqueue(tx, 'settle-email-clicks', {
      recipient_hashes: touched.map(({ recipient_hash }) => recipient_hash.toString('hex')),
      partner_ids: [...new Set(touched.flatMap(({ partner_id }) => partner_id ?? []))].sort(),
      opens_only: kind === 'opened',
      from: new Date(Math.min(...touched.map(({ at }) => at.getTime()))).toISOString(),
      cause,
    });
  }
}

const causes = [
  ['clicked', 'A click in a mail became known.'],
  ['opened', 'A look at a mail became known.'],
] as const;
