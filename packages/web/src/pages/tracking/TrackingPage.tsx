import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { siteKeysQuery } from '../../api/tracking.ts';
import { FailedState } from '../../elements/FailedState.tsx';
import { LoadingRows } from '../../elements/LoadingRows.tsx';
import { PageHeader } from '../../elements/PageHeader.tsx';
import { useMay } from '../../session/use-session.ts';
import { FirstVisit } from './FirstVisit.tsx';
import { SiteKeys } from './SiteKeys.tsx';
import { Snippets } from './Snippets.tsx';

/** How visits come to be known: a line on every page, with a key, and the first visit seen to arrive. */
export function Page() {
  const keys = useQuery(siteKeysQuery);
  const seesVisits = useMay('visits:read');
  const inUse = keys.data?.filter(({ revoked_at }) => revoked_at === null);
  return (
    <>
      <PageHeader title="Tracking">
        One line on every page of the shop, and each visit is known by the campaign that brought it.
      </PageHeader>
      {keys.error !== null ? (
        <FailedState error={keys.error} onRetry={() => void keys.refetch()} />
      ) : inUse === undefined ? (
        <LoadingRows label="Tracking" />
      ) : (
        <Stack gap="md">
          <Snippets keys={inUse} />
          {inUse.length > 0 && seesVisits && <FirstVisit />}
          <SiteKeys keys={keys.data ?? []} />
        </Stack>
      )}
    </>
  );
}
