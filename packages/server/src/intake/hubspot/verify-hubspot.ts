import { createHash, createHmac } from 'node:crypto';
import { isSame, refused, refuseOldTime, secretOf } from '../webhooks/check-signature.ts';
import type { Verified, VerifyContext, WebhookRequest } from '../webhooks/webhook.ts';

/**
 * Verifies a delivery of HubSpot. Version 3 is HMAC-SHA-256 over method, address, body and time; versions 1 and 2, which
 * older apps use, are hashes over the secret and hold no time. HubSpot sends several versions beside each other, so that
 * the same body again is a replay whatever version it comes with.
 *
 * @throws unauthenticated
 */
export function verifyHubspot(request: WebhookRequest, { settings, now }: VerifyContext): Verified {
  const secret = secretOf(settings.hubspotSecret, 'HUBSPOT_CLIENT_SECRET');
  const { headers, body } = request;
  const v3 = headers['x-hubspot-signature-v3'];
  if (v3 !== undefined) {
    const timestamp = headers['x-hubspot-request-timestamp'] ?? '';
    if (!isSame(v3, signatureV3(secret, request, timestamp))) throw notTheirs();
    refuseOldTime(Number(timestamp), now);
    return { unique: signatureV1(secret, body) };
  }
  const given = headers['x-hubspot-signature'] ?? '';
  const isV2 = headers['x-hubspot-signature-version'] === 'v2';
  if (!isSame(given, isV2 ? signatureV2(secret, request) : signatureV1(secret, body))) throw notTheirs();
  return { unique: signatureV1(secret, body) };
}

export function signatureV1(secret: string, body: Buffer): string {
  return createHash('sha256').update(secret).update(body).digest('hex');
}

export function signatureV2(
  secret: string,
  { method, url, body }: Pick<WebhookRequest, 'method' | 'url' | 'body'>,
): string {
  return createHash('sha256').update(`${secret}${method}${url}`).update(body).digest('hex');
}

export function signatureV3(
  secret: string,
  { method, url, body }: Pick<WebhookRequest, 'method' | 'url' | 'body'>,
  timestamp: string,
): string {
  return createHmac('sha256', secret)
    .update(`${method}${url}`)
    .update(body)
    .update(timestamp)
    .digest('base64');
}

function notTheirs(): Error {
  return refused(
    'its signature is not that of HubSpot; where a proxy stands before us, set TOUCHSTONE_PUBLIC_URL',
  );
}
