import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import { addressPattern, erasedMark } from '../../vocabulary/address-pattern.ts';
import type { Person } from './person.ts';

/** What the audit log says of somebody. */
export async function exportAudit(db: Database, person: Person): Promise<unknown[]> {
  const { rows } = await sql<{ row: unknown }>`
    select to_jsonb(audit_log) as row from audit_log where ${isAbout(person)} order by at, id`.execute(db);
  return rows.map(({ row }) => row);
}

/** Takes somebody out of the audit log: that something was changed stays, and what it was does not. */
export async function eraseFromAudit(tx: Database, person: Person): Promise<number> {
  const pattern = person.email === null ? null : addressPattern(person.email);
  const redacted = (column: string) => sql`
    ${sql.ref(column)} = case
      when ${isCustomer(person)} then null
      else regexp_replace(${sql.ref(column)}::text, ${pattern ?? '(?!)'}, ${erasedMark}, 'gi')::jsonb end`;
  const { numAffectedRows } = await sql`
    update audit_log set ${redacted('before')}, ${redacted('after')},
           reason = regexp_replace(reason, ${pattern ?? '(?!)'}, ${erasedMark}, 'gi')
     where ${isAbout(person)}`.execute(tx);
  return Number(numAffectedRows ?? 0n);
}

function isCustomer({ customer_ids }: Person) {
  return sql`(subject_kind = 'customer' and subject_id = any(${customer_ids}::text[]))`;
}

function isAbout(person: Person) {
  if (person.email === null) return isCustomer(person);
  const pattern = addressPattern(person.email);
  return sql`(${isCustomer(person)} or before::text ~* ${pattern} or after::text ~* ${pattern} or reason ~* ${pattern})`;
}
