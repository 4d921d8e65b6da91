import { createHmac, createSign, generateKeyPairSync } from 'node:crypto';
import { signatureV3 } from '../../packages/server/src/intake/hubspot/verify-hubspot.ts';
import { canonicalForm } from '../../packages/server/src/intake/ses/verify-sns.ts';
import { certificateKey } from '../../packages/server/test/sns-certificate.ts';

/** A request as a provider makes it, signed when it is made: `fetch(url + path, delivery)`. */
export type Delivery = { path: string; body: string; headers: Record<string, string> };

const sendgridKeys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const secrets = {
  MAILGUN_WEBHOOK_SIGNING_KEY: 'signing-key-of-the-bench',
  POSTMARK_WEBHOOK_LOGIN: 'postmark:a-long-password',
  RESEND_WEBHOOK_SECRET: `whsec_${Buffer.from('the secret of the bench').toString('base64')}`,
  HUBSPOT_CLIENT_SECRET: 'client-secret-of-the-bench',
  SNS_TOPIC_ARNS: 'arn:aws:sns:eu-west-1:123456789012:bench',
};

/** What a server is to be started with, to take what is made here. */
export const settingsOfBench = {
  ...secrets,
  SENDGRID_WEBHOOK_PUBLIC_KEY: sendgridKeys.publicKey
    .export({ format: 'der', type: 'spki' })
    .toString('base64'),
  TOUCHSTONE_PUBLIC_URL: 'https://track.bench.example',
};

/** The mailing that all events are about. */
export const mailingOfBench = 'bench-mailing';

let made = 0;

/** How each provider delivers `size` events now: in one request where it sends lists, else in one each. */
export const providersOfBench: Record<string, (size: number) => Delivery[]> = {
  sendgrid: (size) => [ofSendgrid(Array.from({ length: size }, sendgridEvent))],
  hubspot: (size) => [ofHubspot(Array.from({ length: size }, hubspotEvent))],
  mailgun: (size) => Array.from({ length: size }, ofMailgun),
  postmark: (size) => Array.from({ length: size }, ofPostmark),
  ses: (size) => Array.from({ length: size }, ofSes),
  resend: (size) => Array.from({ length: size }, ofResend),
};

const recipient = (n: number) => `recipient${n % 5_000}@example.com`;
const now = () => new Date();
const seconds = () => String(Math.floor(now().getTime() / 1000));

function delivery(name: string, body: string, headers: Record<string, string> = {}): Delivery {
  return {
    path: `/api/v1/webhooks/${name}`,
    body,
    headers: { 'content-type': 'application/json', ...headers },
  };
}

function sendgridEvent() {
  made += 1;
  return {
    email: recipient(made),
    timestamp: Number(seconds()) - (made % 3_600),
    event: ['delivered', 'open', 'click'][made % 3],
    sg_event_id: `event-${made}`,
    sg_message_id: `message-${made % 5_000}.filterdrecv-p3mdw1-756b745b58-kmzbl-18-5F5FC76C-9.0`,
    email_campaign: mailingOfBench,
    useragent:
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.4 Safari/605.1.15',
    url: 'https://shop.example/collection',
    ip: '192.0.2.7',
  };
}

function ofSendgrid(events: unknown[]): Delivery {
  const body = JSON.stringify(events);
  const timestamp = seconds();
  const signature = createSign('sha256')
    .update(timestamp)
    .update(body)
    .sign(sendgridKeys.privateKey, 'base64');
  const prefix = 'x-twilio-email-event-webhook';
  return delivery('sendgrid', body, {
    [`${prefix}-signature`]: signature,
    [`${prefix}-timestamp`]: timestamp,
  });
}

function hubspotEvent() {
  made += 1;
  const [propertyName, propertyValue] = [
    ['amount', String(100 + made)],
    ['dealstage', 'closedwon'],
    ['closedate', String(now().getTime())],
  ][made % 3] as [string, string];
  return {
    eventId: made,
    subscriptionType: 'deal.propertyChange',
    portalId: 1,
    objectId: Math.floor(made / 3),
    propertyName,
    propertyValue,
    occurredAt: now().getTime() - 60_000,
  };
}

function ofHubspot(events: unknown[]): Delivery {
  const body = JSON.stringify(events);
  const timestamp = String(now().getTime());
  const url = `${settingsOfBench.TOUCHSTONE_PUBLIC_URL}/api/v1/webhooks/hubspot`;
  const signed = { method: 'POST', url, body: Buffer.from(body) };
  return delivery('hubspot', body, {
    'x-hubspot-signature-v3': signatureV3(secrets.HUBSPOT_CLIENT_SECRET, signed, timestamp),
    'x-hubspot-request-timestamp': timestamp,
  });
}

function ofMailgun(): Delivery {
  made += 1;
  const [timestamp, token] = [seconds(), `token-${made}`];
  const signature = createHmac('sha256', secrets.MAILGUN_WEBHOOK_SIGNING_KEY)
    .update(timestamp + token)
    .digest('hex');
  const event = {
    event: 'delivered',
    id: `event-${made}`,
    timestamp: Number(timestamp),
    recipient: recipient(made),
    message: { headers: { 'message-id': `message-${made}@example.com` } },
    'user-variables': { email_campaign: mailingOfBench },
  };
  return delivery(
    'mailgun',
    JSON.stringify({ signature: { timestamp, token, signature }, 'event-data': event }),
  );
}

function ofPostmark(): Delivery {
  made += 1;
  const event = {
    RecordType: 'Delivery',
    MessageID: `message-${made}`,
    Recipient: recipient(made),
    DeliveredAt: now().toISOString(),
    Metadata: { email_campaign: mailingOfBench },
  };
  const authorization = `Basic ${Buffer.from(secrets.POSTMARK_WEBHOOK_LOGIN).toString('base64')}`;
  return delivery('postmark', JSON.stringify(event), { authorization });
}

function ofSes(): Delivery {
  made += 1;
  const mail = {
    messageId: `message-${made}`,
    destination: [recipient(made)],
    tags: { email_campaign: [mailingOfBench] },
  };
  const sns = {
    Type: 'Notification',
    MessageId: `sns-${made}`,
    TopicArn: secrets.SNS_TOPIC_ARNS,
    Message: JSON.stringify({ eventType: 'Delivery', mail, delivery: { timestamp: now().toISOString() } }),
    Timestamp: now().toISOString(),
    SignatureVersion: '2',
    SigningCertURL: 'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-bench.pem',
  };
  const Signature = createSign('RSA-SHA256').update(canonicalForm(sns)).sign(certificateKey, 'base64');
  return delivery('ses', JSON.stringify({ ...sns, Signature }), { 'content-type': 'text/plain' });
}

function ofResend(): Delivery {
  made += 1;
  const [id, timestamp] = [`msg_${made}`, seconds()];
  const body = JSON.stringify({
    type: 'email.delivered',
    created_at: now().toISOString(),
    data: { email_id: `message-${made}`, to: [recipient(made)], tags: { email_campaign: mailingOfBench } },
  });
  const key = Buffer.from(secrets.RESEND_WEBHOOK_SECRET.slice('whsec_'.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return delivery('resend', body, {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  });
}
