import { emailHash } from '../vocabulary/email-hash.ts';
import { differences } from './audit-order.ts';
import type { NormalCustomer } from './normalise-customer.ts';

/** What is held of a customer. People are recognised over shops by the hash, which an address always has. */
export type CustomerContent = { email: string | null; email_hash: string | null; name: string | null };

/**
 * What is held of a customer after they were sent, in this order. A hash by itself keeps the address that has it and
 * takes the place of any other.
 */
export function customerAfter(held: CustomerContent, sent: NormalCustomer[]): CustomerContent {
  return sent.reduce<CustomerContent>((before, { email, email_hash, name }) => {
    const hash = email_hash === undefined ? hashAfter(before, email) : email_hash;
    const keepsAddress = email === undefined && hash === before.email_hash;
    return {
      email: keepsAddress ? before.email : (email ?? null),
      email_hash: hash,
      name: name === undefined ? before.name : name,
    };
  }, held);
}

/** What changed, for the audit log; undefined when nothing did. A hash is told where it is not that of an address. */
export function customerChanges(before: CustomerContent, after: CustomerContent) {
  const changes = differences(before, after);
  const isTold = [before, after].some(({ email, email_hash }) => email === null && email_hash !== null);
  if (changes === undefined || isTold) return changes;
  const { email_hash: _, ...told } = changes.after;
  const { email_hash: __, ...toldBefore } = changes.before;
  return { before: toldBefore, after: told };
}

function hashAfter(before: CustomerContent, email: string | null | undefined): string | null {
  if (email === undefined) return before.email_hash;
  return email === null ? null : emailHash(email).toString('hex');
}
