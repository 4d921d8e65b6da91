import type { UseQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Answer } from '../../api/ask.ts';
import type { EmailMeta, RegionRow } from '../../api/types/email.ts';
import { ChartPanel } from '../../charts/ChartPanel.tsx';
import { RankedBars } from '../../charts/RankedBars.tsx';
import { EmptyState } from '../../elements/EmptyState.tsx';
import { FailedState } from '../../elements/FailedState.tsx';
import { LoadingRows } from '../../elements/LoadingRows.tsx';
import { TextLink } from '../../elements/links.tsx';
import { emailColumn, emailFigures, formatEmailFigureShort } from '../../email/email-figures.ts';
import type { EmailQuestion } from '../../email/use-email-question.ts';
import { formatCount } from '../../format/number.ts';
import type { Column } from '../../table/column.ts';
import { DataTable } from '../../table/DataTable.tsx';
import { figureColumns } from './figure-columns.ts';
import type { Rankable } from './rankable.ts';

type RegionsProps = {
  regions: UseQueryResult<Answer<RegionRow[], EmailMeta>>;
  figure: Rankable;
  question: EmailQuestion;
};

const longest = 12;

/** The regions of the retailers by the chosen figure, as bars or as a table. */
export function Regions({ regions, figure, question }: RegionsProps) {
  const { currency } = question;
  const { data, error } = regions;
  const columns = useMemo(() => columnsFor(figure, currency), [figure, currency]);
  if (error !== null) return <FailedState error={error} onRetry={() => void regions.refetch()} />;
  if (data === undefined) return <LoadingRows label="Regions" rows={8} />;
  const rows = data.data;
  return (
    <ChartPanel
      title="Regions"
      note={`${emailFigures[figure].label} by the region of the retailer.`}
      name="regions"
      chart={
        rows.length === 0 ? (
          <EmptyState title="Nothing was mailed or sold in this range">
            Partners carry a region; here they are compared.
          </EmptyState>
        ) : (
          <RankedBars
            label={`Regions by ${emailFigures[figure].label.toLowerCase()}`}
            bars={ranked(rows, figure)
              .slice(0, longest)
              .map((row) => ({
                id: row.name ?? '',
                label: <RegionName name={row.name} />,
                value: row[figure] ?? 0,
                shown: formatEmailFigureShort(figure, row[figure], currency),
                note: `${formatCount(row.retailers)} mailed ·`,
                color: 'var(--accent)',
              }))}
          />
        )
      }
      table={
        <DataTable
          label="Regions"
          name="region-"
          columns={columns}
          rows={rows}
          rowId={({ name }) => name ?? ''}
          sort={{ id: figure, desc: true }}
          empty="Nothing was mailed or sold in this range"
          csv="email-regions"
        />
      }
    />
  );
}

/** What is unknown comes last. */
function ranked(rows: RegionRow[], figure: Rankable): RegionRow[] {
  const known = (row: RegionRow) => row[figure] ?? Number.MIN_SAFE_INTEGER;
  return [...rows].sort((a, b) => known(b) - known(a));
}

function RegionName({ name }: { name: string | null }) {
  if (name === null) return 'Without a region';
  return (
    <TextLink to="." search={(all) => ({ ...all, region: name })} inherit>
      {name}
    </TextLink>
  );
}

function columnsFor(figure: Rankable, currency: string): Column<RegionRow>[] {
  return [
    {
      id: 'name',
      header: 'Region',
      value: ({ name }) => name ?? 'Without a region',
      cell: ({ name }) => <RegionName name={name} />,
    },
    ...figureColumns<RegionRow>(figure, currency),
    emailColumn<RegionRow>('retailers', currency, { wide: true }),
  ];
}
