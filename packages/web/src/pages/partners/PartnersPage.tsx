import { Button } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { allPartnersQuery, partnersQuery } from '../../api/partners.ts';
import type { Partner } from '../../api/types/partner.ts';
import { PageHeader } from '../../elements/PageHeader.tsx';
import { formatCount } from '../../format/number.ts';
import { useMay } from '../../session/use-session.ts';
import { DataTable } from '../../table/DataTable.tsx';
import { useUrlState } from '../../url-state.ts';
import { NoPartners } from './NoPartners.tsx';
import { PartnerDialog } from './PartnerDialog.tsx';
import { PartnerFilters } from './PartnerFilters.tsx';
import { partnerColumns } from './partner-columns.tsx';

/** Retailers, brands and advertisers: who is mailed, who sells, who pays. */
export function Page() {
  const [state] = useUrlState();
  const partners = useInfiniteQuery(partnersQuery(state));
  const all = useQuery(allPartnersQuery);
  const regions = [...new Set((all.data ?? []).flatMap(({ region }) => region ?? []))].sort();
  const mayWrite = useMay('partners:write');
  const [edited, setEdited] = useState<Partner | 'new'>();
  const rows = useMemo(() => partners.data?.pages.flatMap(({ data }) => data), [partners.data]);
  const columns = useMemo(() => partnerColumns(mayWrite ? setEdited : undefined), [mayWrite]);
  return (
    <>
      <PageHeader
        title="Partners"
        actions={mayWrite && <Button onClick={() => setEdited('new')}>New partner</Button>}
      >
        Retailers, brands and advertisers, by all the names that orders and mailings call them.
      </PageHeader>
      <PartnerFilters regions={regions} />
      <DataTable
        label="Partners"
        columns={columns}
        rows={rows}
        rowId={({ id }) => id}
        sort={{ id: 'name', desc: false }}
        error={partners.error}
        onRetry={() => void partners.refetch()}
        csv="partners"
        empty={
          <NoPartners action={mayWrite && <Button onClick={() => setEdited('new')}>Create one</Button>} />
        }
        footer={
          partners.hasNextPage && (
            <Button
              variant="default"
              size="compact-xs"
              loading={partners.isFetchingNextPage}
              onClick={() => void partners.fetchNextPage()}
            >
              The first {formatCount(rows?.length)} are loaded: load more
            </Button>
          )
        }
      />
      {edited !== undefined && (
        <PartnerDialog
          partner={edited === 'new' ? undefined : edited}
          proposedName={state.search}
          regions={regions}
          onClose={() => setEdited(undefined)}
        />
      )}
    </>
  );
}
