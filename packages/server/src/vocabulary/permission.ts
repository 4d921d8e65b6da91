/** What somebody may do. Which role may do what is one table, in `people/permissions.ts`. */
export type Permission =
  | 'campaigns:read'
  | 'campaigns:write'
  | 'spend:read'
  | 'spend:write'
  | 'products:read'
  | 'products:write'
  | 'customers:read'
  | 'customers:write'
  | 'partners:read'
  | 'partners:write'
  | 'emails:read'
  | 'emails:write'
  | 'visits:read'
  | 'visits:write'
  | 'orders:read'
  | 'orders:write'
  | 'credits:read'
  | 'reports:read'
  | 'people:read'
  | 'people:write'
  | 'audit:read'
  | 'operations:read'
  | 'operations:write';

/**
 * Whose facts somebody sees: everybody's, those of campaigns of these owners (`campaigns.owner` of a campaign or of one
 * above it), or those of orders of these retailers. Queries are narrowed by it; nothing is filtered afterwards.
 */
export type Scope =
  | { kind: 'all' }
  | { kind: 'owner'; owners: string[] }
  | { kind: 'retailer'; retailers: string[] };

export const everything: Scope = { kind: 'all' };

/** Who is acting, as the audit log will name them. */
export type Actor = {
  /** `key:01890…` for an API key, `user:EMAIL` for a person, `system` for a job, `cli` for the command line. */
  name: string;
  permissions: ReadonlySet<Permission>;
  scope: Scope;
  /** Of a person who is signed in. */
  session?: { id: string; user_id: string };
};
