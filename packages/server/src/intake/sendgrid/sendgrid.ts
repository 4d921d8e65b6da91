import { createPublicKey, createVerify, type KeyObject } from 'node:crypto';
import { refused, refuseOldTime, secretOf } from '../webhooks/check-signature.ts';
import { instantOf, type ReadEvent, readEach, recordReadEvents } from '../webhooks/record-read-events.ts';
import type { Provider } from '../webhooks/webhook.ts';

/** SendGrid's Event Webhook: ECDSA (P-256, SHA-256) over timestamp and body, a list of events a delivery. */
export const sendgrid: Provider = {
  name: 'sendgrid',
  verify({ headers, body }, { settings, now }) {
    const key = publicKeyOf(secretOf(settings.sendgridPublicKey, 'SENDGRID_WEBHOOK_PUBLIC_KEY'));
    const signature = headers['x-twilio-email-event-webhook-signature'] ?? '';
    const timestamp = headers['x-twilio-email-event-webhook-timestamp'] ?? '';
    if (!isSigned(key, { signature, timestamp, body }))
      throw refused('its signature is not that of SendGrid');
    refuseOldTime(Number(timestamp) * 1000, now);
    return { unique: signature };
  },
  process: (db, body, context) => recordReadEvents(db, readSendgrid(body), context),
};

/** Whether a body was signed by the holder of a key. */
export function isSigned(
  key: KeyObject,
  { signature, timestamp, body }: { signature: string; timestamp: string; body: Buffer },
): boolean {
  try {
    return createVerify('sha256').update(timestamp).update(body).verify(key, signature, 'base64');
  } catch {
    return false; // no signature at all
  }
}

/** @throws unauthenticated for text that is no key */
export function publicKeyOf(base64: string): KeyObject {
  try {
    return createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' });
  } catch {
    throw refused('SENDGRID_WEBHOOK_PUBLIC_KEY is not the verification key that SendGrid shows');
  }
}

type SendgridEvent = {
  event?: string;
  email?: string;
  timestamp?: number;
  sg_event_id?: string;
  sg_message_id?: string;
  sg_machine_open?: boolean;
  email_campaign?: string;
  url?: string;
  useragent?: string;
  reason?: string;
  response?: string;
};

const kinds: Record<string, string> = {
  processed: 'sent',
  deferred: 'deferred',
  delivered: 'delivered',
  open: 'opened',
  click: 'clicked',
  bounce: 'bounced',
  dropped: 'failed',
  spamreport: 'complained',
  unsubscribe: 'unsubscribed',
  group_unsubscribe: 'unsubscribed',
};

export function readSendgrid(body: Buffer): ReadEvent[] {
  return readEach([JSON.parse(body.toString())].flat(), (event: SendgridEvent) => {
    const kind = kinds[event.event ?? ''];
    if (kind === undefined) return { ignored: String(event.event) };
    return {
      event: {
        kind,
        occurred_at: instantOf(event.timestamp),
        recipient_email: event.email,
        email_campaign: event.email_campaign,
        message_id: event.sg_message_id,
        provider: 'sendgrid',
        event_id: event.sg_event_id,
        url: event.url,
        user_agent: event.useragent,
        machine: event.sg_machine_open,
        reason: event.reason ?? event.response,
      },
    };
  });
}
