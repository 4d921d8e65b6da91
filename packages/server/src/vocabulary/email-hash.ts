import { createHash } from 'node:crypto';

/** What people are recognised by over shops and mailings: SHA-256 of the address in lower case, without space around. */
export function emailHash(email: string): Buffer {
  return createHash('sha256').update(email.trim().toLowerCase()).digest();
}
