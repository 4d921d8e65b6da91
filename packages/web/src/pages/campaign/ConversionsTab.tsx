import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { conversionsReport } from '../../api/reports.ts';
import type { Conversion } from '../../api/types/analytics.ts';
import type { Campaign } from '../../api/types/campaign.ts';
import { EmptyState } from '../../elements/EmptyState.tsx';
import { formatDuration } from '../../format/duration.ts';
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

const preferred = 'last_touch';

/** The orders that its visits led to: by how many touches, and after how long. */
export function ConversionsTab({ campaign }: { campaign: Campaign }) {
  const question = useQuestion(preferred);
  const [withChildren] = useWithChildren();
  const conversions = useQuery(conversionsReport(question, campaign.id, withChildren));
  const columns = useMemo(() => columnsFor(question), [question]);
  const more = conversions.data?.meta.next_cursor != null;
  return (
    <>
      <QuestionBar preferred={preferred} />
      <ChildrenSwitch campaign={campaign} />
      <DataTable
        label="Conversions"
        columns={columns}
        rows={conversions.data?.data}
        rowId={({ order_id }) => order_id}
        sort={{ id: 'sale_time', desc: true }}
        error={conversions.error}
        onRetry={() => void conversions.refetch()}
        csv={`${campaign.tracking_code}-conversions`}
        footer={
          more && (
            <Text size="xs" c="dimmed">
              The latest {formatCount(conversions.data?.data.length)}; a shorter range shows the others
            </Text>
          )
        }
        empty={
          <EmptyState title="No order came of its visits in this range">
            An order is a conversion of the campaign when it holds credit of it under the model.
          </EmptyState>
        }
      />
      <ReportNotes meta={conversions.data?.meta} />
    </>
  );
}

function columnsFor(question: Question): Column<Conversion>[] {
  const { currency } = question;
  return [
    ...orderColumns<Conversion>(question),
    figureColumn('revenue', currency, { header: `Credit (${currency})` }),
    {
      id: 'touches',
      header: 'Touches',
      definition: 'How many touches by the campaign can be credited with the order.',
      numeric: true,
      wide: true,
      value: ({ touches }) => touches,
      cell: ({ touches }) => formatCount(touches),
    },
    {
      id: 'seconds_from_first',
      header: 'From the first touch',
      definition: 'Order time − first touch by the campaign.',
      numeric: true,
      wide: true,
      value: ({ seconds_from_first }) => seconds_from_first,
      cell: ({ seconds_from_first }) => formatDuration(seconds_from_first),
    },
    {
      id: 'seconds_from_last',
      header: 'From the last touch',
      definition: 'Order time − last touch by the campaign.',
      numeric: true,
      wide: true,
      value: ({ seconds_from_last }) => seconds_from_last,
      cell: ({ seconds_from_last }) => formatDuration(seconds_from_last),
    },
  ];
}
