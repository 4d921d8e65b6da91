import type { Person } from '../../people/index.ts';

/** Whom an entry of the audit log is about, without saying who it is. */
export function subjectOf({ email_hash, customer_ids }: Person): {
  subject_kind: string;
  subject_id: string;
} {
  const [customer] = customer_ids;
  if (customer !== undefined) return { subject_kind: 'customer', subject_id: customer };
  return { subject_kind: 'person', subject_id: email_hash!.toString('hex') };
}
