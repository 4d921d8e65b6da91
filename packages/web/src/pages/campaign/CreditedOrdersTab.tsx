import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { creditedOrdersReport } from '../../api/reports.ts';
import type { Campaign } from '../../api/types/campaign.ts';
import type { CreditedOrder } from '../../api/types/report.ts';
import { EmptyState } from '../../elements/EmptyState.tsx';
import { StatusBadge } from '../../elements/StatusBadge.tsx';
import { formatCount } from '../../format/number.ts';
import { QuestionBar } from '../../question/QuestionBar.tsx';
import { ReportNotes } from '../../question/ReportNotes.tsx';
import { type Question, useQuestion } from '../../question/use-question.ts';
import type { Column } from '../../table/column.ts';
import { DataTable } from '../../table/DataTable.tsx';
import { figureColumn } from '../../table/figure-column.tsx';
import { ChildrenSwitch } from './ChildrenSwitch.tsx';
import { orderColumns } from './order-columns.tsx';
import { useWithChildren } from './use-with-children.ts';

/** The orders that make the campaign's figures, down to each explanation. */
export function CreditedOrdersTab({ campaign }: { campaign: Campaign }) {
  const question = useQuestion();
  const [withChildren] = useWithChildren();
  const orders = useQuery(creditedOrdersReport(question, campaign.id, withChildren));
  const columns = useMemo(() => columnsFor(question), [question]);
  const more = orders.data?.meta.next_cursor != null;
  return (
    <>
      <QuestionBar />
      <ChildrenSwitch campaign={campaign} />
      <DataTable
        label="Credited orders"
        columns={columns}
        rows={orders.data?.data}
        rowId={({ order_id }) => order_id}
        sort={{ id: 'sale_time', desc: true }}
        error={orders.error}
        onRetry={() => void orders.refetch()}
        csv={`${campaign.tracking_code}-orders`}
        footer={
          more && (
            <Text size="xs" c="dimmed">
              The latest {formatCount(orders.data?.data.length)}; a shorter range shows the others
            </Text>
          )
        }
        empty={
          <EmptyState title="No order credits it in this range">
            An order credits a campaign when it sells a product that the campaign targets while it runs.
          </EmptyState>
        }
      />
      <ReportNotes meta={orders.data?.meta} />
    </>
  );
}

function columnsFor(question: Question): Column<CreditedOrder>[] {
  const { currency } = question;
  return [
    ...orderColumns<CreditedOrder>(question),
    {
      id: 'status',
      header: 'Status',
      wide: true,
      value: ({ status }) => status,
      cell: ({ status }) => <StatusBadge status={status} />,
    },
    figureColumn('revenue', currency, { header: `Credit (${currency})` }),
    figureColumn('profit', currency),
    figureColumn('units', currency, { wide: true }),
    figureColumn('lines', currency, { wide: true }),
  ];
}
