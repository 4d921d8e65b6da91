import type { ReactNode } from 'react';
import { EmptyState } from '../../elements/EmptyState.tsx';
import { useUrlState } from '../../url-state.ts';

/** Why no partner stands here, and what brings one. */
export function NoPartners({ action }: { action: ReactNode }) {
  const [{ search, kind, region, active }] = useUrlState();
  if (search !== undefined) {
    return (
      <EmptyState title={`Nobody is called “${search}”`} action={action}>
        Take the other filters away, or enter it. Whatever orders and mailings call it can be its name or an
        alias.
      </EmptyState>
    );
  }
  if (kind !== undefined || region !== undefined || active !== undefined) {
    return <EmptyState title="No partner passes these filters">Take one away.</EmptyState>;
  }
  return (
    <EmptyState title="No partners yet" action={action}>
      Here stand the retailers you mail, the brands and the advertisers, each with its region. Orders,
      mailings and users name them by their name or an alias.
    </EmptyState>
  );
}
