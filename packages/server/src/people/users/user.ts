import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { Tables } from '../../database/index.ts';
import { invalid } from '../../vocabulary/errors.ts';
import type { Role } from '../permissions.ts';

type Row = Omit<Selectable<Tables['users']>, 'password_hash'>;

/** A user as shown: everything but the password. Times are ISO 8601. */
export type UserView = {
  id: string;
  email: string;
  name: string;
  role: Role;
  /** Whether `owner_scope` names owners of campaigns or retailers of orders; null sees everything. */
  scope_kind: 'owner' | 'retailer' | null;
  owner_scope: string[] | null;
  created_at: string;
  updated_at: string;
  last_signed_in_at: string | null;
  disabled_at: string | null;
};

export const userColumns = [
  'id',
  'email',
  'name',
  'role',
  'scope_kind',
  'owner_scope',
  'created_at',
  'updated_at',
  'last_signed_in_at',
  'disabled_at',
] as const;

export function userView(row: Row): UserView {
  return {
    ...row,
    role: row.role as Role,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
    last_signed_in_at: row.last_signed_in_at?.toISOString() ?? null,
    disabled_at: row.disabled_at?.toISOString() ?? null,
  };
}

export const emailField = z.email().max(254);

/**
 * An address is the same however it is typed.
 *
 * @throws invalid when it is none
 */
export function emailAsKept(email: string): string {
  const kept = email.trim().toLowerCase();
  if (!emailField.safeParse(kept).success) throw invalid('email', 'must be an email address');
  return kept;
}
