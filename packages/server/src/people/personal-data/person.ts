import { z } from 'zod';
import { emailField } from '../../vocabulary/fields.ts';

/** Somebody whose data are asked for: a customer, or the recipient of an address. */
export const personInput = z
  .strictObject({
    customer_id: z.uuid().optional(),
    email: emailField.optional(),
  })
  .refine(
    ({ customer_id, email }) => (customer_id === undefined) !== (email === undefined),
    'must name either a customer_id or an email',
  );
export type PersonInput = z.output<typeof personInput>;

/** All that somebody is known by here. */
export type Person = {
  /** In lower case; null for a customer without an address. */
  email: string | null;
  email_hash: Buffer | null;
  /** The same person may be a customer of several shops. */
  customer_ids: string[];
  session_ids: string[];
};
