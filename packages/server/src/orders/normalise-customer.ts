import { emailHash } from '../vocabulary/email-hash.ts';
import { customerIdOf } from '../vocabulary/ids.ts';
import type { CustomerInput } from './order-input.ts';

/** A customer as it will be recorded. Undefined: left as it is; null: cleared. */
export type NormalCustomer = {
  id: string;
  source: string;
  external_id: string;
  email: string | null | undefined;
  name: string | null | undefined;
};

export function normaliseCustomer(input: CustomerInput): NormalCustomer {
  const { source, external_id, email, name } = input;
  return { id: customerIdOf(source, external_id), source, external_id, email, name };
}

/** What customers are recognised by over shops. */
export function emailHashOf(email: string | null): Buffer | null {
  return email === null ? null : emailHash(email);
}
