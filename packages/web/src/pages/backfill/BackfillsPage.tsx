import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { backfillsQuery } from '../../api/operations.ts';
import type { Backfill } from '../../api/types/operations.ts';
import { EmptyState } from '../../elements/EmptyState.tsx';
import { TextLink } from '../../elements/links.tsx';
import { PageHeader } from '../../elements/PageHeader.tsx';
import { Panel } from '../../elements/Panel.tsx';
import { StatusBadge } from '../../elements/StatusBadge.tsx';
import { formatCount } from '../../format/number.ts';
import { formatInstant } from '../../format/time.ts';
import { paths } from '../../paths.ts';
import { useQuestion } from '../../question/use-question.ts';
import { useMay } from '../../session/use-session.ts';
import type { Column } from '../../table/column.ts';
import { DataTable } from '../../table/DataTable.tsx';
import { BackfillForm } from './BackfillForm.tsx';
import { rangeText } from './range-text.ts';

/** Settles a range of orders again: first as a try, which shows what would move, then for good. */
export function Page() {
  const { tz } = useQuestion();
  const backfills = useQuery(backfillsQuery());
  const mayRun = useMay('operations:write');
  const columns = useMemo(() => columnsFor(tz), [tz]);
  return (
    <>
      <PageHeader title="Backfill">
        Settles orders of a range again from the recorded facts. Where the ledger already agrees, nothing
        moves.
      </PageHeader>
      {mayRun && (
        <Panel
          title="Try a range"
          note="Nothing is posted by a try; what would move is shown as a table first"
        >
          <BackfillForm />
        </Panel>
      )}
      <Panel title="Backfills so far">
        <DataTable
          label="Backfills"
          columns={columns}
          rows={backfills.data}
          rowId={({ id }) => id}
          sort={{ id: 'created_at', desc: true }}
          error={backfills.error}
          onRetry={() => void backfills.refetch()}
          csv="backfills"
          empty={
            <EmptyState title="None yet">
              A backfill is needed seldom: late campaigns, moved periods and new models settle what they reach
              by themselves.
            </EmptyState>
          }
        />
      </Panel>
    </>
  );
}

function columnsFor(tz: string): Column<Backfill>[] {
  return [
    {
      id: 'created_at',
      header: `Asked (${tz})`,
      value: ({ created_at }) => created_at,
      cell: ({ id, created_at }) => (
        <TextLink to={paths.backfill} params={{ backfillId: id }} inherit>
          {formatInstant(created_at, tz)}
        </TextLink>
      ),
    },
    { id: 'dry_run', header: 'Kind', value: ({ dry_run }) => (dry_run ? 'try' : 'for good') },
    {
      id: 'status',
      header: 'Status',
      value: ({ status }) => status,
      cell: ({ status }) => <StatusBadge status={status} />,
    },
    { id: 'range', header: 'Range', wide: true, value: (backfill) => rangeText(backfill, tz) },
    {
      id: 'orders_done',
      header: 'Orders',
      numeric: true,
      value: ({ orders_done }) => orders_done,
      cell: ({ orders_done }) => formatCount(orders_done),
    },
    {
      id: 'orders_affected',
      header: 'Affected',
      numeric: true,
      value: ({ orders_affected }) => orders_affected,
      cell: ({ orders_affected }) => formatCount(orders_affected),
    },
    { id: 'created_by', header: 'By', wide: true, value: ({ created_by }) => created_by },
  ];
}
