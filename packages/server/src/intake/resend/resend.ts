import { createHmac } from 'node:crypto';
import { addressIn } from '../mailgun/mailgun.ts';
import { isSame, refused, refuseOldTime, secretOf } from '../webhooks/check-signature.ts';
import { instantOf, type ReadEvent, readEach, recordReadEvents } from '../webhooks/record-read-events.ts';
import type { Provider } from '../webhooks/webhook.ts';

/** Resend's webhooks, by Standard Webhooks: HMAC-SHA-256 over id, timestamp and body; one event a delivery. */
export const resend: Provider = {
  name: 'resend',
  verify({ headers, body }, { settings, now }) {
    const secret = secretOf(settings.resendSecret, 'RESEND_WEBHOOK_SECRET');
    const header = (name: string) => headers[`webhook-${name}`] ?? headers[`svix-${name}`] ?? '';
    const [id, timestamp] = [header('id'), header('timestamp')];
    if (!isStandardlySigned(secret, { id, timestamp, body, signatures: header('signature') })) {
      throw refused('its signature is not that of Resend');
    }
    refuseOldTime(Number(timestamp) * 1000, now);
    return { unique: id };
  },
  process: (db, body, context) => recordReadEvents(db, readResend(body), context),
};

/** Whether one of the signatures of a request is ours; only version 1 is known. */
export function isStandardlySigned(
  secret: string,
  { id, timestamp, body, signatures }: { id: string; timestamp: string; body: Buffer; signatures: string },
): boolean {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64');
  const given = signatures.split(' ').flatMap((each) => (each.startsWith('v1,') ? [each.slice(3)] : []));
  return given.map((each) => isSame(each, expected)).includes(true);
}

type ResendEvent = {
  type?: string;
  created_at?: string;
  data?: {
    email_id?: string;
    to?: string[] | string;
    click?: { link?: string; timestamp?: string; userAgent?: string };
    bounce?: { message?: string };
    failed?: { reason?: string };
    tags?: Record<string, string> | { name: string; value: string }[];
  };
};

const kinds: Record<string, string> = {
  'email.sent': 'sent',
  'email.delivered': 'delivered',
  'email.delivery_delayed': 'deferred',
  'email.opened': 'opened',
  'email.clicked': 'clicked',
  'email.bounced': 'bounced',
  'email.failed': 'failed',
  'email.suppressed': 'failed',
  'email.complained': 'complained',
};

export function readResend(body: Buffer): ReadEvent[] {
  return readEach([JSON.parse(body.toString())], ({ type, created_at, data = {} }: ResendEvent) => {
    const kind = kinds[type ?? ''];
    if (kind === undefined) return { ignored: String(type) };
    const { email_id, click } = data;
    const occurred_at = instantOf(click?.timestamp ?? created_at);
    const tags = Array.isArray(data.tags)
      ? Object.fromEntries(data.tags.map(({ name, value }) => [name, value]))
      : data.tags;
    return [data.to ?? []].flat().map((to) => ({
      event: {
        kind,
        occurred_at,
        recipient_email: addressIn(to),
        email_campaign: tags?.email_campaign,
        message_id: email_id,
        provider: 'resend',
        event_id: [type, email_id, created_at, to, click?.link ?? ''].join(' '),
        url: click?.link,
        user_agent: click?.userAgent,
        reason: data.bounce?.message ?? data.failed?.reason,
      },
    }));
  });
}
