import { createHmac } from 'node:crypto';
import { isSame, refused, refuseOldTime, secretOf } from '../webhooks/check-signature.ts';
import { instantOf, type ReadEvent, readEach, recordReadEvents } from '../webhooks/record-read-events.ts';
import type { Provider } from '../webhooks/webhook.ts';

type Signature = { timestamp?: string | number; token?: string; signature?: string };

/**
 * Mailgun's webhooks: HMAC-SHA-256 over timestamp and token, which stand in the body, one event a delivery. The rest of
 * the body is not signed, so that a token must never be taken twice.
 */
export const mailgun: Provider = {
  name: 'mailgun',
  verify({ body }, { settings, now }) {
    const key = secretOf(settings.mailgunSigningKey, 'MAILGUN_WEBHOOK_SIGNING_KEY');
    const { timestamp, token, signature } = signatureIn(body);
    const expected = createHmac('sha256', key).update(`${timestamp}${token}`).digest('hex');
    if (!isSame(String(signature), expected)) throw refused('its signature is not that of Mailgun');
    refuseOldTime(Number(timestamp) * 1000, now);
    return { unique: String(token) };
  },
  process: (db, body, context) => recordReadEvents(db, readMailgun(body), context),
};

function signatureIn(body: Buffer): Signature {
  try {
    return (JSON.parse(body.toString()) as { signature?: Signature }).signature ?? {};
  } catch {
    throw refused('its body is not JSON, and holds no signature');
  }
}

type MailgunEvent = {
  event?: string;
  id?: string;
  timestamp?: number;
  recipient?: string;
  severity?: string;
  reason?: string;
  url?: string;
  message?: { headers?: { 'message-id'?: string; to?: string } };
  'client-info'?: { 'user-agent'?: string; bot?: string };
  'delivery-status'?: { message?: string; description?: string };
  reject?: { reason?: string };
  'user-variables'?: { email_campaign?: string };
};

const kinds: Record<string, string> = {
  accepted: 'sent',
  delivered: 'delivered',
  opened: 'opened',
  clicked: 'clicked',
  unsubscribed: 'unsubscribed',
  complained: 'complained',
  rejected: 'failed',
};

export function readMailgun(body: Buffer): ReadEvent[] {
  const payload = JSON.parse(body.toString()) as { 'event-data'?: unknown };
  return readEach([payload['event-data']], (event: MailgunEvent) => {
    const kind = event.event === 'failed' ? failure(event) : kinds[event.event ?? ''];
    if (kind === undefined) return { ignored: String(event.event) };
    const status = event['delivery-status'];
    const client = event['client-info'];
    const headers = event.message?.headers;
    return {
      event: {
        kind,
        occurred_at: instantOf(event.timestamp),
        recipient_email: event.recipient ?? addressIn(headers?.to),
        email_campaign: event['user-variables']?.email_campaign,
        message_id: headers?.['message-id'],
        provider: 'mailgun',
        event_id: event.id,
        url: event.url,
        user_agent: client?.['user-agent'],
        machine: Boolean(client?.bot),
        reason:
          kind === 'delivered' ? undefined : status?.message || status?.description || event.reject?.reason,
      },
    };
  });
}

function failure({ severity, reason }: MailgunEvent): string {
  if (severity === 'temporary') return 'deferred';
  // Suppressed mail was never tried.
  return reason?.startsWith('suppress') ? 'failed' : 'bounced';
}

/** `Name <a@example.com>` → `a@example.com` */
export function addressIn(text: string | undefined): string | undefined {
  return /<([^<>]+)>\s*$/.exec(text ?? '')?.[1] ?? text;
}
