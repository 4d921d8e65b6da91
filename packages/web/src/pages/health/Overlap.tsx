import { useMemo } from 'react';
import type { Health } from '../../api/types/report.ts';
import { ChartPanel } from '../../charts/ChartPanel.tsx';
import { RankedBars } from '../../charts/RankedBars.tsx';
import { EmptyState } from '../../elements/EmptyState.tsx';
import { formatAmount } from '../../format/money.ts';
import { formatCount, formatQuantity, formatRatio } from '../../format/number.ts';
import type { Column } from '../../table/column.ts';
import { DataTable } from '../../table/DataTable.tsx';

type Step = Health['overlap']['distribution'][number];

/** By how many campaigns an attributed line is credited. */
export function Overlap({ health }: { health: Health }) {
  const { average, distribution } = health.overlap;
  const columns = useMemo(() => columnsFor(health.currency), [health.currency]);
  const inOrder = [...distribution].sort((a, b) => a.matched_campaigns - b.matched_campaigns);
  return (
    <ChartPanel
      title="Overlap"
      name="overlap"
      note={
        average === null
          ? 'Campaigns per attributed line'
          : `${formatRatio(average)} campaigns per attributed line on average, each line counted once`
      }
      chart={
        distribution.length === 0 ? (
          <EmptyState title="No line is attributed in this range" />
        ) : (
          <RankedBars
            label="Lines by how many campaigns are credited"
            bars={inOrder.map(({ matched_campaigns, lines }) => ({
              id: String(matched_campaigns),
              label: matched_campaigns === 1 ? '1 campaign' : `${matched_campaigns} campaigns`,
              value: lines,
              shown: `${formatCount(lines)} ${lines === 1 ? 'line' : 'lines'}`,
              color: 'var(--accent)',
            }))}
          />
        )
      }
      table={
        <DataTable
          label="Overlap"
          name="overlap-"
          columns={columns}
          rows={inOrder}
          rowId={({ matched_campaigns }) => String(matched_campaigns)}
          sort={{ id: 'matched_campaigns', desc: false }}
          csv="overlap"
          empty="No line is attributed in this range"
        />
      }
    />
  );
}

function columnsFor(currency: string): Column<Step>[] {
  return [
    {
      id: 'matched_campaigns',
      header: 'Campaigns',
      numeric: true,
      value: ({ matched_campaigns }) => matched_campaigns,
    },
    {
      id: 'lines',
      header: 'Lines',
      numeric: true,
      value: ({ lines }) => lines,
      cell: ({ lines }) => formatCount(lines),
    },
    {
      id: 'units',
      header: 'Units',
      numeric: true,
      value: ({ units }) => units,
      cell: ({ units }) => formatQuantity(units),
    },
    {
      id: 'revenue',
      header: `Revenue (${currency})`,
      numeric: true,
      value: ({ revenue }) => revenue,
      cell: ({ revenue }) => formatAmount(revenue, currency),
    },
  ];
}
