import { createHash } from 'node:crypto';
import { isSame, refused, secretOf } from '../webhooks/check-signature.ts';
import { instantOf, type ReadEvent, readEach, recordReadEvents } from '../webhooks/record-read-events.ts';
import type { Provider } from '../webhooks/webhook.ts';

/**
 * Postmark's webhooks: it signs nothing, and calls with the user and password that stand in the address it was given.
 * One event a delivery; the same body again is a replay.
 */
export const postmark: Provider = {
  name: 'postmark',
  verify({ headers, body }, { settings }) {
    const login = secretOf(settings.postmarkLogin, 'POSTMARK_WEBHOOK_LOGIN');
    const given = /^Basic +(\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? '';
    if (!isSame(Buffer.from(given, 'base64'), login)) throw refused('its user or password is another');
    return { unique: createHash('sha256').update(body).digest('hex') };
  },
  process: (db, body, context) => recordReadEvents(db, readPostmark(body), context),
};

type PostmarkEvent = {
  RecordType?: string;
  MessageID?: string;
  ID?: number;
  Type?: string;
  Recipient?: string;
  Email?: string;
  DeliveredAt?: string;
  ReceivedAt?: string;
  BouncedAt?: string;
  ChangedAt?: string;
  UserAgent?: string;
  OriginalLink?: string;
  Description?: string;
  Details?: string;
  SuppressSending?: boolean;
  SuppressionReason?: string | null;
  Metadata?: { email_campaign?: string };
};

export function readPostmark(body: Buffer): ReadEvent[] {
  return readEach([JSON.parse(body.toString())], (event: PostmarkEvent) => {
    const kind = kindOf(event);
    if (kind === undefined) return { ignored: [event.RecordType, event.Type].filter(Boolean).join(' ') };
    const { MessageID, RecordType, OriginalLink } = event;
    const occurred_at = instantOf(
      event.DeliveredAt ?? event.ReceivedAt ?? event.BouncedAt ?? event.ChangedAt,
    );
    const content = [RecordType, MessageID, occurred_at, OriginalLink ?? ''].join(' ');
    return {
      event: {
        kind,
        occurred_at,
        recipient_email: event.Recipient ?? event.Email,
        email_campaign: event.Metadata?.email_campaign,
        message_id: MessageID,
        provider: 'postmark',
        event_id: event.ID === undefined ? content : `${RecordType} ${event.ID}`,
        url: OriginalLink,
        user_agent: event.UserAgent,
        reason: kind === 'bounced' ? event.Details || event.Description : undefined,
      },
    };
  });
}

const bounceKinds: Record<string, string | undefined> = {
  Transient: 'deferred',
  DnsError: 'deferred',
  Unsubscribe: 'unsubscribed',
  SpamComplaint: 'complained',
  SpamNotification: 'complained',
  Subscribe: undefined,
  AutoResponder: undefined,
  AddressChange: undefined,
  ChallengeVerification: undefined,
  OpenRelayTest: undefined,
};

function kindOf({ RecordType, Type, SuppressSending, SuppressionReason }: PostmarkEvent): string | undefined {
  switch (RecordType) {
    case 'Delivery':
      return 'delivered';
    case 'Open':
      return 'opened';
    case 'Click':
      return 'clicked';
    case 'SpamComplaint':
      return 'complained';
    case 'Bounce':
      return Type !== undefined && Type in bounceKinds ? bounceKinds[Type] : 'bounced';
    case 'SubscriptionChange':
      return SuppressSending === true && SuppressionReason === 'ManualSuppression'
        ? 'unsubscribed'
        : undefined;
    default:
      return undefined;
  }
}
