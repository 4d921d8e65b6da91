import { customerIdOf } from '../vocabulary/ids.ts';
import type { CustomerInput } from './order-input.ts';

/** A customer as it will be recorded. Undefined: left as it is; null: cleared. */
export type NormalCustomer = {
  id: string;
  source: string;
  external_id: string;
  email: string | null | undefined;
  /** In hexadecimal; undefined beside an address, which has its own. */
  email_hash: string | null | undefined;
  name: string | null | undefined;
};

export function normaliseCustomer(input: CustomerInput): NormalCustomer {
  const { source, external_id, email, name } = input;
  const email_hash = email ? undefined : input.email_hash;
  return { id: customerIdOf(source, external_id), source, external_id, email, email_hash, name };
}
