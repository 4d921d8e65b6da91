import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Database } from '../../../database/index.ts';

/** What a link in a mail is for. The target stands inside, so that nobody can make one that leads elsewhere. */
export type MailToken = {
  purpose: 'open' | 'click' | 'unsubscribe';
  email_campaign_id: string;
  /** SHA-256 of the recipient's address: the address itself stands in no link. */
  recipient_hash: Buffer;
  /** Where a click leads. */
  url?: string;
};

const letters = { open: 'o', click: 'c', unsubscribe: 'u' } as const;
const signatureBytes = 16;
const uuidBytes = 16;
const hashBytes = 32;

/** A token as text for an address: its content and, before it, HMAC-SHA-256 of that, cut to 16 bytes. */
export function sealToken(secret: Buffer, token: MailToken): string {
  const content = Buffer.concat([
    Buffer.from(letters[token.purpose]),
    Buffer.from(token.email_campaign_id.replaceAll('-', ''), 'hex'),
    token.recipient_hash,
    Buffer.from(token.url ?? ''),
  ]);
  return Buffer.concat([sign(secret, content), content]).toString('base64url');
}

/** What a token says; undefined for one that we did not make, or for something else. */
export function openToken(
  secret: Buffer,
  text: string,
  purpose: MailToken['purpose'],
): MailToken | undefined {
  const bytes = Buffer.from(text, 'base64url');
  const content = bytes.subarray(signatureBytes);
  // Another spelling of the same bytes is not what we wrote.
  if (bytes.toString('base64url') !== text) return undefined;
  if (content.length < 1 + uuidBytes + hashBytes) return undefined;
  if (!timingSafeEqual(bytes.subarray(0, signatureBytes), sign(secret, content))) return undefined;
  if (content.toString('latin1', 0, 1) !== letters[purpose]) return undefined;
  const id = content.toString('hex', 1, 1 + uuidBytes);
  const url = content.toString('utf8', 1 + uuidBytes + hashBytes);
  return {
    purpose,
    email_campaign_id: id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
    recipient_hash: Buffer.from(content.subarray(1 + uuidBytes, 1 + uuidBytes + hashBytes)),
    ...(url === '' ? {} : { url }),
  };
}

function sign(secret: Buffer, content: Buffer): Buffer {
  return createHmac('sha256', secret).update(content).digest().subarray(0, signatureBytes);
}

const name = 'mail-links';

/** The secret of the installation by which links in mails are signed: made at the first need, the same ever after. */
export async function readMailSecret(db: Database): Promise<Buffer> {
  const find = () =>
    db.selectFrom('installation_secrets').select('secret').where('name', '=', name).executeTakeFirst();
  const held = await find();
  if (held !== undefined) return held.secret;
  await db
    .insertInto('installation_secrets')
    .values({ name, secret: randomBytes(32) })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  return (await find())!.secret;
}
