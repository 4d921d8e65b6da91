import type { Database } from '../database/index.ts';
import { mintId } from '../vocabulary/ids.ts';

/** One change to be remembered: who did what to which thing, and what it was before and after. */
export type AuditEntry = {
  /** Derived, for what may be remembered twice and shall be kept once; minted when absent. */
  id?: string;
  /** As in `Actor.name`: `key:…`, `user:…`, `system`, `cli`. */
  actor: string;
  /** A verb of the room, with its room: `campaign.update`, `order.change`. */
  action: string;
  subject_kind: string;
  subject_id: string;
  /** JSON values as the API shows them; only the fields that changed are worth keeping. Absent on creation. */
  before?: Record<string, unknown> | null;
  after?: Record<string, unknown> | null;
  reason?: string | null;
  at: Date;
};

// 9 parameters a row; PostgreSQL takes 65,535 in one statement.
const mostRows = 5_000;

/** Writes entries of the audit log in the transaction of the change, so that neither exists without the other. */
export async function writeAudit(tx: Database, entries: AuditEntry | AuditEntry[]): Promise<void> {
  const rows = [entries].flat().map((entry) => ({
    id: entry.id ?? mintId(entry.at),
    at: entry.at,
    actor: entry.actor,
    action: entry.action,
    subject_kind: entry.subject_kind,
    subject_id: entry.subject_id,
    before: toJson(entry.before),
    after: toJson(entry.after),
    reason: entry.reason ?? null,
  }));
  for (let start = 0; start < rows.length; start += mostRows) {
    await tx
      .insertInto('audit_log')
      .values(rows.slice(start, start + mostRows))
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
  }
}

// Integers beyond 2^53 survive only as text.
function toJson(state: Record<string, unknown> | null | undefined): string | null {
  if (state === null || state === undefined) return null;
  return JSON.stringify(state, (_, value) => (typeof value === 'bigint' ? value.toString() : value));
}
