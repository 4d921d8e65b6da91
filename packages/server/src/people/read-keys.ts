import type { Database } from '../database/index.ts';

/** A key as it is shown: everything but the key. Times are ISO 8601. */
export type KeyView = {
  id: string;
  name: string;
  prefix: string;
  role: string | null;
  permissions: string[] | null;
  /** Whether `owner_scope` names owners of campaigns or retailers of orders; null sees everything. */
  scope_kind: 'owner' | 'retailer' | null;
  owner_scope: string[] | null;
  created_at: string;
  last_used_at: string | null;
  revoked_at: string | null;
};

export const keyColumns = [
  'id',
  'name',
  'prefix',
  'role',
  'permissions',
  'scope_kind',
  'owner_scope',
  'created_at',
  'last_used_at',
  'revoked_at',
] as const;

/** All keys, revoked ones too, the newest first. They are few: somebody makes each by hand. */
export async function readKeys(db: Database): Promise<KeyView[]> {
  const rows = await db
    .selectFrom('api_keys')
    .select(keyColumns)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map(keyView);
}

type KeyRow = Omit<KeyView, 'created_at' | 'last_used_at' | 'revoked_at'> & {
  created_at: Date;
  last_used_at: Date | null;
  revoked_at: Date | null;
};

export function keyView(row: KeyRow): KeyView {
  return {
    ...row,
    created_at: row.created_at.toISOString(),
    last_used_at: row.last_used_at?.toISOString() ?? null,
    revoked_at: row.revoked_at?.toISOString() ?? null,
  };
}
