import type { Instant } from './campaign.ts';

export const roles = [
  'admin',
  'marketing_manager',
  'analyst',
  'advertiser',
  'brand',
  'retailer',
  'moderator',
] as const;
export type Role = (typeof roles)[number];

export type Session = {
  user: { id: string; email: string; name: string; role: Role } | null;
  permissions: string[];
  /** Whose facts are seen: all, those of campaigns of these owners, or of orders of these retailers. */
  scope: { kind: 'all' | 'owner' | 'retailer'; names: string[] };
  /** Nobody can sign in yet: the first admin is still to be made. */
  setup_required: boolean;
};

export type User = {
  id: string;
  email: string;
  name: string;
  role: Role;
  scope_kind: 'owner' | 'retailer' | null;
  owner_scope: string[] | null;
  disabled_at: Instant | null;
  last_signed_in_at: Instant | null;
  created_at: Instant;
};

/** A password that was made for a new user is in the answer that made them, and nowhere else. */
export type NewUser = User & { password?: string };

export type UserInput = {
  email?: string;
  name?: string;
  role?: Role;
  password?: string;
  owner_scope?: string[] | null;
  disabled?: boolean;
};

export type ApiKey = {
  id: string;
  name: string;
  prefix: string;
  role: string | null;
  permissions: string[] | null;
  created_at: Instant;
  last_used_at: Instant | null;
  revoked_at: Instant | null;
};

/** The key itself is in the answer that made it, and nowhere else. */
export type NewApiKey = ApiKey & { key: string };

/** Where somebody is signed in. */
export type SignedInPlace = {
  id: string;
  is_current: boolean;
  address: string | null;
  user_agent: string | null;
  created_at: Instant;
  last_seen_at: Instant;
  expires_at: Instant;
};

export type AuditEntry = {
  id: string;
  at: Instant;
  actor: string;
  action: string;
  subject_kind: string;
  subject_id: string;
  before: unknown;
  after: unknown;
  reason: string | null;
};
