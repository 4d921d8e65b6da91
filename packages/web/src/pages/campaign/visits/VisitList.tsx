import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { visitsQuery } from '../../../api/tracking.ts';
import type { Campaign } from '../../../api/types/campaign.ts';
import type { Visit } from '../../../api/types/tracking.ts';
import { TextLink } from '../../../elements/links.tsx';
import { Panel } from '../../../elements/Panel.tsx';
import { countryName } from '../../../format/country.ts';
import { nothing } from '../../../format/locale.ts';
import { formatCount } from '../../../format/number.ts';
import { formatInstant } from '../../../format/time.ts';
import { paths } from '../../../paths.ts';
import type { Question } from '../../../question/use-question.ts';
import type { Column } from '../../../table/column.ts';
import { DataTable } from '../../../table/DataTable.tsx';
import { channelName, deviceName, pageName } from '../../../visits/visit-words.ts';

type VisitListProps = { campaign: Campaign; question: Question; withChildren: boolean };

/** The visits themselves, the latest first, with the orders whose path they are on. */
export function VisitList({ campaign, question, withChildren }: VisitListProps) {
  const { from, to, tz } = question;
  const visits = useInfiniteQuery(visitsQuery(campaign.id, { from, to, tz, include_children: withChildren }));
  const rows = useMemo(() => visits.data?.pages.flatMap(({ data }) => data), [visits.data]);
  const columns = useMemo(() => columnsFor(tz), [tz]);
  return (
    <Panel title="Each visit">
      <DataTable
        label="Visits"
        name="visits-"
        columns={columns}
        rows={rows}
        rowId={({ visit_id }) => visit_id}
        sort={{ id: 'visited_at', desc: true }}
        error={visits.error}
        onRetry={() => void visits.refetch()}
        csv={`${campaign.tracking_code}-visits`}
        pageSize={10}
        empty="Nobody came in this range"
        footer={
          visits.hasNextPage && (
            <Button
              variant="default"
              size="compact-xs"
              loading={visits.isFetchingNextPage}
              onClick={() => void visits.fetchNextPage()}
            >
              The latest {formatCount(rows?.length)} are loaded: load older ones
            </Button>
          )
        }
      />
    </Panel>
  );
}

function columnsFor(tz: string): Column<Visit>[] {
  return [
    {
      id: 'visited_at',
      header: `Came (${tz})`,
      value: ({ visited_at }) => visited_at,
      cell: ({ visited_at }) => formatInstant(visited_at, tz),
    },
    {
      id: 'last_activity_at',
      header: 'Last seen',
      definition:
        'Its last activity; the visit can earn credit until 30 days after, or as the installation says.',
      wide: true,
      value: ({ last_activity_at }) => last_activity_at,
      cell: ({ last_activity_at }) => formatInstant(last_activity_at, tz),
    },
    { id: 'page', header: 'Arrived at', value: ({ landing_page }) => pageName(landing_page) },
    { id: 'country', header: 'Country', wide: true, value: ({ country }) => countryName(country) },
    {
      id: 'device',
      header: 'On',
      wide: true,
      value: ({ device_type, browser, os }) =>
        [deviceName(device_type), browser, os].filter((part) => part !== null).join(', '),
    },
    { id: 'channel', header: 'Channel', wide: true, value: ({ channel }) => channelName(channel) },
    {
      id: 'orders',
      header: 'Orders',
      definition: 'Orders whose path it is on, whoever holds their credit.',
      numeric: true,
      value: ({ order_ids }) => order_ids.length,
      cell: ({ order_ids }) =>
        order_ids.length === 0
          ? nothing
          : order_ids.map((id, place) => (
              <span key={id}>
                {place > 0 && ', '}
                <TextLink to={paths.order} params={{ orderId: id }} inherit>
                  {place === 0 ? 'Order' : place + 1}
                </TextLink>
              </span>
            )),
    },
  ];
}
