import type { Permission } from '../vocabulary/permission.ts';

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

// Advertisers and brands see what is of their own campaigns, retailers what is of their own orders: a permission opens
// of it what a route narrows for them (`narrowedFor`), and nothing of what it does not. Moderators get theirs with the
// comments they moderate.
// biome-ignore format: a table is read by its columns
const table: Record<Permission, Role[]> = {
  'campaigns:read':   ['admin', 'marketing_manager', 'analyst', 'advertiser', 'brand'],
  'campaigns:write':  ['admin', 'marketing_manager'],
  'spend:read':       ['admin', 'marketing_manager', 'analyst', 'advertiser', 'brand'],
  'spend:write':      ['admin', 'marketing_manager'],
  'products:read':    ['admin', 'marketing_manager', 'analyst', 'advertiser', 'brand', 'retailer'],
  'products:write':   ['admin'],
  'customers:read':   ['admin', 'analyst'],
  'customers:write':  ['admin'],
  'partners:read':    ['admin', 'marketing_manager', 'analyst', 'advertiser', 'brand', 'retailer'],
  'partners:write':   ['admin', 'marketing_manager'],
  'emails:read':      ['admin', 'marketing_manager', 'analyst', 'advertiser', 'brand', 'retailer'],
  'emails:write':     ['admin', 'marketing_manager'],
  'visits:read':      ['admin', 'marketing_manager', 'analyst', 'advertiser', 'brand'],
  'visits:write':     ['admin'],
  'orders:read':      ['admin', 'marketing_manager', 'analyst', 'advertiser', 'brand', 'retailer'],
  'orders:write':     ['admin'],
  'credits:read':     ['admin', 'marketing_manager', 'analyst', 'advertiser', 'brand'],
  'reports:read':     ['admin', 'marketing_manager', 'analyst', 'advertiser', 'brand'],
  'people:read':      ['admin'],
  'people:write':     ['admin'],
  'audit:read':       ['admin', 'analyst'],
  'operations:read':  ['admin', 'analyst'],
  'operations:write': ['admin'],
};

export const permissions = Object.keys(table) as Permission[];

/** What a role may do. */
export function permissionsOf(role: Role): ReadonlySet<Permission> {
  return new Set(permissions.filter((permission) => table[permission].includes(role)));
}
