import type { ColumnType } from 'kysely';
import type { Once } from './column-types.ts';

/** Who may do what, and what was done. */
export interface PeopleTables {
  api_keys: {
    id: Once<string>;
    name: string;
    prefix: string;
    key_hash: Buffer;
    role: string | null;
    permissions: string[] | null;
    created_at: Date;
    last_used_at: Date | null;
    revoked_at: Date | null;
    scope_kind: 'owner' | 'retailer' | null;
    owner_scope: string[] | null;
  };
  users: {
    id: Once<string>;
    email: string;
    name: string;
    role: string;
    password_hash: string;
    scope_kind: 'owner' | 'retailer' | null;
    owner_scope: string[] | null;
    created_at: Once<Date>;
    updated_at: Date;
    last_signed_in_at: Date | null;
    disabled_at: Date | null;
  };
  user_sessions: {
    id: Once<string>;
    token_hash: Once<Buffer>;
    user_id: Once<string>;
    address: Once<string | null>;
    user_agent: Once<string | null>;
    created_at: Once<Date>;
    last_seen_at: Date;
    expires_at: Date;
  };
  sign_in_attempts: {
    subject: string;
    failures: number;
    last_at: Date;
    blocked_until: Date;
  };
  audit_log: {
    id: Once<string>;
    at: Once<Date>;
    actor: Once<string>;
    action: Once<string>;
    subject_kind: Once<string>;
    subject_id: Once<string>;
    before: ColumnType<unknown, string | null, never>;
    after: ColumnType<unknown, string | null, never>;
    reason: Once<string | null>;
  };
}
