import { useMemo } from 'react';
import type { TimelineRow } from '../api/types/report.ts';
import { formatBucket, type Interval } from '../format/time.ts';
import type { Question } from '../question/use-question.ts';
import type { Column } from '../table/column.ts';
import { DataTable } from '../table/DataTable.tsx';
import { figureColumn } from '../table/figure-column.tsx';

type TimelineTableProps = { rows: TimelineRow[]; interval: Interval; question: Question };

/** The same as the chart, figure by figure. */
export function TimelineTable({ rows, interval, question }: TimelineTableProps) {
  const columns = useMemo<Column<TimelineRow>[]>(
    () => [
      {
        id: 'start',
        header: `${interval.charAt(0).toUpperCase()}${interval.slice(1)} (${question.tz})`,
        value: ({ start }) => start,
        cell: ({ start }) => formatBucket(start, interval, question.tz),
      },
      ...(['revenue', 'profit', 'spend', 'roi', 'orders', 'units'] as const).map((name) =>
        figureColumn<TimelineRow>(name, question.currency),
      ),
    ],
    [interval, question],
  );
  return (
    <DataTable
      label="Over time"
      name="time-"
      columns={columns}
      rows={rows}
      rowId={({ start }) => start}
      sort={{ id: 'start', desc: false }}
      empty="Nothing happened in this range"
      csv="timeline"
      pageSize={31}
    />
  );
}
