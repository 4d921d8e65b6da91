import { instantOf, type ReadEvent, readEach, recordReadEvents } from '../webhooks/record-read-events.ts';
import type { Provider } from '../webhooks/webhook.ts';
import { type SnsMessage, snsMessageIn, verifySns } from './verify-sns.ts';

/** Amazon SES through SNS: one event a message, of one recipient or several. */
export const ses: Provider = {
  name: 'ses',
  verify: verifySns,
  process: (db, body, context) => recordReadEvents(db, readSes(body), context),
};

type Recipient = { emailAddress?: string; diagnosticCode?: string };
type SesEvent = {
  eventType?: string;
  notificationType?: string;
  mail?: {
    messageId?: string;
    destination?: string[];
    timestamp?: string;
    tags?: { email_campaign?: string[] };
  };
  delivery?: { timestamp?: string; recipients?: string[] };
  open?: { timestamp?: string; userAgent?: string };
  click?: { timestamp?: string; userAgent?: string; link?: string };
  bounce?: {
    timestamp?: string;
    bouncedRecipients?: Recipient[];
    bounceType?: string;
    bounceSubType?: string;
  };
  complaint?: { timestamp?: string; complainedRecipients?: Recipient[] };
  deliveryDelay?: { timestamp?: string; delayedRecipients?: Recipient[]; delayType?: string };
  reject?: { reason?: string };
  failure?: { errorMessage?: string };
  subscription?: { timestamp?: string; newTopicPreferences?: { unsubscribeAll?: boolean } };
};

/** What is said of one recipient. */
type Said = {
  kind: string;
  at?: string;
  to: (string | undefined)[];
  reason?: string;
  url?: string;
  agent?: string;
};

export function readSes(body: Buffer): ReadEvent[] {
  const sns = snsMessageIn(body);
  if (sns.Type !== 'Notification') return [{ ignored: String(sns.Type) }];
  return readEach([JSON.parse(sns.Message ?? '')], (event: SesEvent) => {
    const said = read(event);
    if (said === undefined) return { ignored: String(event.eventType ?? event.notificationType) };
    return said.to.map((to, place) => ({ event: eventOf(event, said, to, place, sns) }));
  });
}

function eventOf({ mail }: SesEvent, said: Said, to: string | undefined, place: number, sns: SnsMessage) {
  return {
    kind: said.kind,
    occurred_at: instantOf(said.at ?? sns.Timestamp),
    recipient_email: to,
    email_campaign: mail?.tags?.email_campaign?.[0],
    message_id: mail?.messageId,
    provider: 'ses',
    event_id: `${sns.MessageId} ${place}`,
    url: said.url,
    user_agent: said.agent,
    reason: said.reason,
  };
}

function read(event: SesEvent): Said | undefined {
  const { mail, delivery, open, click, bounce, complaint, deliveryDelay, reject, failure, subscription } =
    event;
  const everybody = mail?.destination ?? [];
  const named = (recipients: Recipient[] | undefined) =>
    (recipients ?? []).map(({ emailAddress }) => emailAddress);
  switch (event.eventType ?? event.notificationType) {
    case 'Send':
      return { kind: 'sent', at: mail?.timestamp, to: everybody };
    case 'Delivery':
      return { kind: 'delivered', at: delivery?.timestamp, to: delivery?.recipients ?? everybody };
    case 'Open':
      return { kind: 'opened', at: open?.timestamp, agent: open?.userAgent, to: everybody };
    case 'Click':
      return {
        kind: 'clicked',
        at: click?.timestamp,
        agent: click?.userAgent,
        url: click?.link,
        to: everybody,
      };
    case 'Bounce': {
      const told = bounce?.bouncedRecipients?.find(({ diagnosticCode }) => diagnosticCode !== undefined);
      const reason = told?.diagnosticCode ?? [bounce?.bounceType, bounce?.bounceSubType].join(': ');
      return { kind: 'bounced', at: bounce?.timestamp, to: named(bounce?.bouncedRecipients), reason };
    }
    case 'Complaint':
      return { kind: 'complained', at: complaint?.timestamp, to: named(complaint?.complainedRecipients) };
    case 'DeliveryDelay': {
      const { timestamp, delayedRecipients, delayType } = deliveryDelay ?? {};
      return { kind: 'deferred', at: timestamp, to: named(delayedRecipients), reason: delayType };
    }
    case 'Reject':
      return { kind: 'failed', to: everybody, reason: reject?.reason };
    case 'Rendering Failure':
      return { kind: 'failed', to: everybody, reason: failure?.errorMessage };
    case 'Subscription':
      return subscription?.newTopicPreferences?.unsubscribeAll === true
        ? { kind: 'unsubscribed', at: subscription.timestamp, to: everybody }
        : undefined;
    default:
      return undefined;
  }
}
