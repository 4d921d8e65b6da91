import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { historyQuery } from '../../api/campaigns.ts';
import type { Campaign, HistoryEntry } from '../../api/types/campaign.ts';
import { formatExactInstant, withReadableTimes } from '../../format/time.ts';
import { useQuestion } from '../../question/use-question.ts';
import type { Column } from '../../table/column.ts';
import { DataTable } from '../../table/DataTable.tsx';

/** Who did what to the campaign, when and why. */
export function HistoryTab({ campaign }: { campaign: Campaign }) {
  const { tz } = useQuestion();
  const history = useQuery(historyQuery(campaign.id));
  const columns = useMemo<Column<HistoryEntry>[]>(
    () => [
      {
        id: 'at',
        header: `When (${tz})`,
        value: ({ at }) => at,
        cell: ({ at }) => formatExactInstant(at, tz),
      },
      { id: 'actor', header: 'Who', value: ({ actor }) => actor },
      {
        id: 'summary',
        header: 'What',
        value: ({ summary }) => summary,
        cell: ({ summary }) => (
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {withReadableTimes(summary, tz)}
          </Text>
        ),
      },
      { id: 'reason', header: 'Why', value: ({ reason }) => reason },
    ],
    [tz],
  );
  return (
    <DataTable
      label="History"
      columns={columns}
      rows={history.data?.rows}
      rowId={({ id }) => id}
      sort={{ id: 'at', desc: true }}
      error={history.error}
      onRetry={() => void history.refetch()}
      csv={`${campaign.tracking_code}-history`}
      empty="Nothing was done to it yet"
    />
  );
}
