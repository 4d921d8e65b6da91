import { Text } from '@mantine/core';
import { useMemo } from 'react';
import type { Visit } from '../../api/types/tracking.ts';
import { CampaignName } from '../../campaigns/CampaignName.tsx';
import { useCampaigns } from '../../campaigns/use-campaigns.ts';
import { Panel } from '../../elements/Panel.tsx';
import { countryName } from '../../format/country.ts';
import { formatCount } from '../../format/number.ts';
import { formatExactInstant } from '../../format/time.ts';
import { useQuestion } from '../../question/use-question.ts';
import type { Column } from '../../table/column.ts';
import { DataTable } from '../../table/DataTable.tsx';
import { channelName, deviceName, pageName } from '../../visits/visit-words.ts';

/** Each visit of this moment, the latest activity first. */
export function ActiveVisits({ visits, count }: { visits: Visit[]; count: number }) {
  const { tz } = useQuestion();
  const campaigns = useCampaigns().data?.byId;
  const columns = useMemo<Column<Visit>[]>(
    () => [
      {
        id: 'last_activity_at',
        header: `Last seen (${tz})`,
        value: ({ last_activity_at }) => last_activity_at,
        cell: ({ last_activity_at }) => formatExactInstant(last_activity_at, tz),
      },
      {
        id: 'origin',
        header: 'Came by',
        value: ({ campaign_id, channel }) => campaigns?.get(campaign_id ?? '')?.name ?? channelName(channel),
        cell: ({ campaign_id, channel }) => {
          const campaign = campaigns?.get(campaign_id ?? '');
          return campaign === undefined ? (
            channelName(channel)
          ) : (
            <CampaignName id={campaign.id} name={campaign.name} tab="visits" />
          );
        },
      },
      { id: 'page', header: 'Arrived at', wide: true, value: ({ landing_page }) => pageName(landing_page) },
      { id: 'country', header: 'Country', wide: true, value: ({ country }) => countryName(country) },
      { id: 'device', header: 'On', wide: true, value: ({ device_type }) => deviceName(device_type) },
    ],
    [tz, campaigns],
  );
  return (
    <Panel title="Each visit">
      <DataTable
        label="Visits now"
        columns={columns}
        rows={visits}
        rowId={({ visit_id }) => visit_id}
        sort={{ id: 'last_activity_at', desc: true }}
        csv="visits-now"
        empty="Nobody is there right now"
        footer={
          count > visits.length && (
            <Text size="xs" c="dimmed">
              The latest {formatCount(visits.length)} of {formatCount(count)}
            </Text>
          )
        }
      />
    </Panel>
  );
}
