import { Group, Text } from '@mantine/core';
import { useMemo } from 'react';
import type { ConversionPath } from '../../api/types/analytics.ts';
import { CampaignName } from '../../campaigns/CampaignName.tsx';
import { EmptyState } from '../../elements/EmptyState.tsx';
import { Panel } from '../../elements/Panel.tsx';
import { formatDuration } from '../../format/duration.ts';
import { formatAmount } from '../../format/money.ts';
import { formatCount, formatPercent } from '../../format/number.ts';
import type { Column } from '../../table/column.ts';
import { DataTable } from '../../table/DataTable.tsx';

type PathTableProps = {
  rows: ConversionPath[] | undefined;
  currency: string;
  error: Error | null;
  onRetry: () => void;
};

/** The most frequent ways to an order. */
export function PathTable({ rows, currency, error, onRetry }: PathTableProps) {
  const columns = useMemo(() => columnsFor(currency), [currency]);
  return (
    <Panel title="Most frequent paths" note="Touches that the model can credit, in the order of time">
      <DataTable
        label="Paths"
        columns={columns}
        rows={rows}
        rowId={({ rank }) => String(rank)}
        sort={{ id: 'conversions', desc: true }}
        error={error}
        onRetry={onRetry}
        csv="paths"
        empty={
          <EmptyState title="No order of this range has a path">
            An order has one when somebody came by a campaign’s link before it, in the same browser or known
            as the same customer.
          </EmptyState>
        }
      />
    </Panel>
  );
}

function columnsFor(currency: string): Column<ConversionPath>[] {
  return [
    {
      id: 'path',
      header: 'Path',
      value: ({ steps }) => steps.map(({ name }) => name).join(' > '),
      cell: ({ steps }) => (
        <Group gap={6}>
          {steps.map(({ campaign_id, name }, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a campaign may stand on a path more than once
            <Group key={place} gap={6} wrap="nowrap">
              {place > 0 && (
                <Text span c="dimmed" aria-label="then">
                  ›
                </Text>
              )}
              <CampaignName id={campaign_id} name={name} />
            </Group>
          ))}
        </Group>
      ),
    },
    {
      id: 'conversions',
      header: 'Orders',
      numeric: true,
      value: ({ conversions }) => conversions,
      cell: ({ conversions }) => formatCount(conversions),
    },
    {
      id: 'share',
      header: 'Share',
      definition: 'Of the orders that have a path.',
      numeric: true,
      wide: true,
      value: ({ share }) => share,
      cell: ({ share }) => formatPercent(share),
    },
    {
      id: 'revenue',
      header: `Revenue (${currency})`,
      definition: 'Credited under the model; “–” where credit does not add up.',
      numeric: true,
      value: ({ revenue }) => revenue,
      cell: ({ revenue }) => formatAmount(revenue, currency),
    },
    {
      id: 'median_seconds_from_first',
      header: 'From the first touch',
      definition: 'The time to the order, the median.',
      numeric: true,
      wide: true,
      value: (row) => row.median_seconds_from_first,
      cell: (row) => formatDuration(row.median_seconds_from_first),
    },
    {
      id: 'median_seconds_from_last',
      header: 'From the last touch',
      definition: 'The time to the order, the median.',
      numeric: true,
      wide: true,
      value: (row) => row.median_seconds_from_last,
      cell: (row) => formatDuration(row.median_seconds_from_last),
    },
  ];
}
