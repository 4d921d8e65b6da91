import { createVerify, X509Certificate } from 'node:crypto';
import { refused, refuseOldTime, secretOf } from '../webhooks/check-signature.ts';
import type { Verified, VerifyContext, WebhookRequest } from '../webhooks/webhook.ts';

/** A message of Amazon SNS, as it is posted to subscribers. */
export type SnsMessage = {
  Type?: string;
  MessageId?: string;
  TopicArn?: string;
  Subject?: string;
  Message?: string;
  Timestamp?: string;
  Token?: string;
  SubscribeURL?: string;
  SignatureVersion?: string;
  Signature?: string;
  SigningCertURL?: string;
};

/** SNS delivers again for up to an hour, with the time of the first attempt. */
const oldestMs = 60 * 60_000;

/**
 * Verifies a message of SNS by the certificate it names, which must lie at Amazon: signature version 1 is RSA with
 * SHA-1, version 2 with SHA-256, over the fields of the message in a fixed order.
 *
 * @throws unauthenticated
 */
export async function verifySns(request: WebhookRequest, context: VerifyContext): Promise<Verified> {
  const { settings, now, fetchCertificate } = context;
  secretOf(settings.snsTopics[0], 'SNS_TOPIC_ARNS');
  const message = snsMessageIn(request.body);
  if (!settings.snsTopics.includes(message.TopicArn ?? '')) {
    throw refused('its topic is none of SNS_TOPIC_ARNS');
  }
  const at = amazonAddress(message.SigningCertURL, 'certificate');
  if (!at.pathname.endsWith('.pem')) throw refused('its certificate does not lie at a .pem address');
  const certificate = certificateIn(await fetchCertificate(at));
  if (now < new Date(certificate.validFrom) || now > new Date(certificate.validTo)) {
    throw refused('its certificate is not valid now');
  }
  const algorithm = { '1': 'RSA-SHA1', '2': 'RSA-SHA256' }[message.SignatureVersion ?? ''];
  if (algorithm === undefined) throw refused('its signature version is neither 1 nor 2');
  const signed = createVerify(algorithm).update(canonicalForm(message));
  if (!signed.verify(certificate.publicKey, message.Signature ?? '', 'base64')) {
    throw refused('its signature is not that of its certificate');
  }
  refuseOldTime(Date.parse(message.Timestamp ?? ''), now, oldestMs);
  const unique = String(message.MessageId);
  if (message.Type !== 'SubscriptionConfirmation') return { unique };
  return { unique, confirm: amazonAddress(message.SubscribeURL, 'subscription') };
}

/** @throws unauthenticated for a body that is no message */
export function snsMessageIn(body: Buffer): SnsMessage {
  try {
    const message: unknown = JSON.parse(body.toString());
    if (typeof message === 'object' && message !== null) return message;
  } catch {
    // as below
  }
  throw refused('its body is no message of SNS');
}

/** What is signed: names and values, a line each, in this order. */
export function canonicalForm(message: SnsMessage): string {
  const names =
    message.Type === 'Notification'
      ? (['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'] as const)
      : (['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'] as const);
  return names
    .filter((name) => message[name] !== undefined && message[name] !== null)
    .map((name) => `${name}\n${message[name]}\n`)
    .join('');
}

// Whoever controls the certificate controls the signature, so the host is the whole of the trust.
const amazonHost = /^sns\.[a-z0-9-]{3,30}\.amazonaws\.com(\.cn)?$/;

function amazonAddress(address: string | undefined, what: string): URL {
  const url = URL.canParse(address ?? '') ? new URL(address!) : undefined;
  const isAmazon =
    url?.protocol === 'https:' && amazonHost.test(url.host) && url.username === '' && url.password === '';
  if (!isAmazon) throw refused(`its ${what} does not lie at Amazon SNS`);
  return url;
}

function certificateIn(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw refused('its certificate cannot be read');
  }
}
