import { type Engagement, type MachineReason, recogniseMachines } from './recognise-machines.ts';

export const eventKinds = [
  'sent',
  'delivered',
  'deferred',
  'opened',
  'clicked',
  'bounced',
  'failed',
  'complained',
  'unsubscribed',
] as const;
export type EventKind = (typeof eventKinds)[number];

/** An event of a send, as it is kept. */
export type SendEvent = Engagement & { kind: EventKind; reason: string | null };

/** What a send keeps the first and the last time of. */
export const timedKinds = [
  'delivered',
  'opened',
  'clicked',
  'machine_opened',
  'machine_clicked',
  'bounced',
  'failed',
  'complained',
  'unsubscribed',
] as const;
export type TimedKind = (typeof timedKinds)[number];

export type SendTimes = { [K in TimedKind as `${K}_at` | `last_${K}_at`]: Date | null };

/** How far a send came, by what weighs most. */
export const sendStatuses = [
  'complained',
  'unsubscribed',
  'clicked',
  'opened',
  'bounced',
  'failed',
  'delivered',
  'sent',
] as const;
export type SendStatus = (typeof sendStatuses)[number];

export type FoldedSend = SendTimes & { sent_at: Date; status: SendStatus; failure_reason: string | null };

/**
 * What became of a send: the first and last time of everything, the status, and which opens and clicks are machines'.
 * A pure function of the set of its events: in whatever order they came, it ends the same.
 *
 * An open, a click, a complaint or an unsubscription implies delivery. A bounce stands unless a later delivery or
 * a person's deed says that the mail arrived.
 */
export function foldSend(
  told: { told_sent_at: Date | null; created_at: Date },
  events: SendEvent[],
): { send: FoldedSend; machines: Map<string, MachineReason | null> } {
  const ofKind = (kind: EventKind) => events.filter((event) => event.kind === kind);
  const machines = recogniseMachines(events, ofKind('delivered'));
  const byPeople = (kind: EventKind) => ofKind(kind).filter(({ id }) => machines.get(id) === null);
  const byMachines = (kind: EventKind) => ofKind(kind).filter(({ id }) => machines.get(id) !== null);

  const opened = spanOf(byPeople('opened'));
  const clicked = spanOf(byPeople('clicked'));
  const machineOpened = spanOf(byMachines('opened'));
  const machineClicked = spanOf(byMachines('clicked'));
  const complained = spanOf(ofKind('complained'));
  const unsubscribed = spanOf(ofKind('unsubscribed'));
  const bounced = spanOf(ofKind('bounced'));
  const failed = spanOf(ofKind('failed'));
  const told_delivered = spanOf(ofKind('delivered'));
  const proofs = [opened, clicked, complained, unsubscribed, machineOpened, machineClicked].flatMap(
    (span) => span ?? [],
  );
  const delivered = told_delivered ?? (proofs.length === 0 ? undefined : spanOfSpans(proofs));
  const send: FoldedSend = {
    sent_at: told.told_sent_at ?? spanOf(ofKind('sent'))?.first ?? spanOf(events)?.first ?? told.created_at,
    ...times('delivered', delivered),
    ...times('opened', opened),
    ...times('clicked', clicked),
    ...times('machine_opened', machineOpened),
    ...times('machine_clicked', machineClicked),
    ...times('bounced', bounced),
    ...times('failed', failed),
    ...times('complained', complained),
    ...times('unsubscribed', unsubscribed),
    failure_reason: reasonOf([...ofKind('bounced'), ...ofKind('failed')]),
    status: 'sent',
  };
  return { send: { ...send, status: statusOf(send) }, machines };
}

/** Whether the mail is taken to have arrived. */
export function isDelivered(send: SendTimes): boolean {
  if (isByPeople(send)) return true;
  const refusedAt = Math.max(send.last_bounced_at?.getTime() ?? 0, send.last_failed_at?.getTime() ?? 0);
  return send.last_delivered_at !== null && send.last_delivered_at.getTime() > refusedAt;
}

function isByPeople(send: SendTimes): boolean {
  return [send.opened_at, send.clicked_at, send.complained_at, send.unsubscribed_at].some(
    (at) => at !== null,
  );
}

function statusOf(send: SendTimes): SendStatus {
  if (send.complained_at !== null) return 'complained';
  if (send.unsubscribed_at !== null) return 'unsubscribed';
  if (send.clicked_at !== null) return 'clicked';
  if (send.opened_at !== null) return 'opened';
  if (isDelivered(send)) return 'delivered';
  if (send.bounced_at !== null) return 'bounced';
  return send.failed_at !== null ? 'failed' : 'sent';
}

type Span = { first: Date; last: Date };

function spanOf(events: { occurred_at: Date }[]): Span | undefined {
  return events.length === 0
    ? undefined
    : spanOfSpans(events.map(({ occurred_at }) => ({ first: occurred_at, last: occurred_at })));
}

function spanOfSpans(spans: Span[]): Span {
  return {
    first: new Date(Math.min(...spans.map(({ first }) => first.getTime()))),
    last: new Date(Math.max(...spans.map(({ last }) => last.getTime()))),
  };
}

function times<K extends TimedKind>(kind: K, span: Span | undefined) {
  return { [`${kind}_at`]: span?.first ?? null, [`last_${kind}_at`]: span?.last ?? null } as {
    [Name in `${K}_at` | `last_${K}_at`]: Date | null;
  };
}

// Of the last one that says why; of those at one instant, the first in the alphabet.
function reasonOf(events: SendEvent[]): string | null {
  const [last] = events
    .filter(({ reason }) => reason !== null)
    .toSorted(
      (a, b) => b.occurred_at.getTime() - a.occurred_at.getTime() || (a.reason! < b.reason! ? -1 : 1),
    );
  return last?.reason ?? null;
}
