import { invalid } from '../vocabulary/errors.ts';
import { everything, type Scope } from '../vocabulary/permission.ts';
import type { Role } from './permissions.ts';

/** How a scope is kept beside a user or a key: null and null mean everything. */
export type ScopeColumns = { scope_kind: 'owner' | 'retailer' | null; owner_scope: string[] | null };

// Who stands for somebody sees what is theirs; every other role stands for the house.
const kindOf: Partial<Record<Role, 'owner' | 'retailer'>> = {
  advertiser: 'owner',
  brand: 'owner',
  retailer: 'retailer',
};

/**
 * What a role with these names is limited to.
 *
 * @throws invalid when a role that stands for somebody is given nobody, or another role somebody
 */
export function scopeOfRole(role: Role, names: string[] | null | undefined): ScopeColumns {
  const kind = kindOf[role];
  const given = [...new Set(names ?? [])].sort();
  if (kind === undefined) {
    if (given.length > 0)
      throw invalid('owner_scope', `is not taken for the role ${role}, which sees everything`);
    return { scope_kind: null, owner_scope: null };
  }
  if (given.length === 0) {
    const whose = kind === 'owner' ? 'the owner of their campaigns' : 'the retailer of their orders';
    throw invalid('owner_scope', `is required for the role ${role}: name ${whose}, such as ["Acme"]`);
  }
  return { scope_kind: kind, owner_scope: given };
}

/**
 * What named permissions are limited to.
 *
 * @throws invalid when there are names and nothing says whose, or the other way round
 */
export function scopeOfKind(
  scope_kind: 'owner' | 'retailer' | undefined,
  names: string[] | undefined,
): ScopeColumns {
  const owner_scope = [...new Set(names ?? [])].sort();
  if ((scope_kind === undefined) !== (owner_scope.length === 0)) {
    throw invalid('scope_kind', 'and owner_scope go together: "owner" or "retailer", and the names of those');
  }
  return scope_kind === undefined ? { scope_kind: null, owner_scope: null } : { scope_kind, owner_scope };
}

/** What a user or a key sees. One that stands for somebody, and does not say for whom, sees nothing. */
export function scopeIn({ role, scope_kind, owner_scope }: ScopeColumns & { role: string | null }): Scope {
  const kind = scope_kind ?? kindOf[role as Role];
  if (kind === undefined) return everything;
  const names = owner_scope ?? [];
  return kind === 'owner' ? { kind, owners: names } : { kind, retailers: names };
}
