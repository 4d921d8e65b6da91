import type { UseQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Answer } from '../../../api/ask.ts';
import type { VisitTimelineRow } from '../../../api/types/analytics.ts';
import type { ReportMeta } from '../../../api/types/report.ts';
import { ChartPanel } from '../../../charts/ChartPanel.tsx';
import { LazyTimeChart } from '../../../charts/LazyTimeChart.tsx';
import { FailedState } from '../../../elements/FailedState.tsx';
import { LoadingRows } from '../../../elements/LoadingRows.tsx';
import { formatCount, formatShort } from '../../../format/number.ts';
import { formatBucket, type Interval } from '../../../format/time.ts';
import { IntervalSelect } from '../../../question/IntervalSelect.tsx';
import type { Question } from '../../../question/use-question.ts';
import type { Column } from '../../../table/column.ts';
import { DataTable } from '../../../table/DataTable.tsx';
import { figureColumn } from '../../../table/figure-column.tsx';

type VisitsOverTimeProps = {
  timeline: UseQueryResult<Answer<VisitTimelineRow[], ReportMeta>>;
  interval: Interval;
  question: Question;
};

/** When they came. */
export function VisitsOverTime({ timeline, interval, question }: VisitsOverTimeProps) {
  const { data, error } = timeline;
  if (error !== null) return <FailedState error={error} onRetry={() => void timeline.refetch()} />;
  if (data === undefined) return <LoadingRows label="Visits over time" rows={8} />;
  const now = Date.parse(data.meta.as_of);
  const until = data.data.filter(({ start }) => Date.parse(start) <= now).length;
  const open = data.data.filter(({ start, end }) => Date.parse(start) <= now && Date.parse(end) > now).length;
  const values = (name: 'visits' | 'unique_visitors') => data.data.slice(0, until).map((row) => row[name]);
  return (
    <ChartPanel
      title="Visits over time"
      name="visits-timeline"
      controls={<IntervalSelect />}
      chart={
        <LazyTimeChart
          label={`Visits and visitors by ${interval}, in ${question.tz}. The table holds the same.`}
          starts={data.data.map(({ start }) => start)}
          interval={interval}
          timeZone={question.tz}
          series={[
            { name: 'Visits', color: 'var(--accent)', values: values('visits') },
            { name: 'Visitors', color: 'var(--hue-2)', values: values('unique_visitors') },
          ]}
          incomplete={open}
          format={formatCount}
          formatAxis={formatShort}
        />
      }
      table={<TimelineTable rows={data.data} interval={interval} question={question} />}
    />
  );
}

type TimelineTableProps = { rows: VisitTimelineRow[]; interval: Interval; question: Question };

function TimelineTable({ rows, interval, question }: TimelineTableProps) {
  const { tz, currency } = question;
  const columns = useMemo<Column<VisitTimelineRow>[]>(
    () => [
      {
        id: 'start',
        header: `${interval.charAt(0).toUpperCase()}${interval.slice(1)} (${tz})`,
        value: ({ start }) => start,
        cell: ({ start }) => formatBucket(start, interval, tz),
      },
      ...(['visits', 'unique_visitors', 'conversions', 'conversion_rate'] as const).map((name) =>
        figureColumn<VisitTimelineRow>(name, currency),
      ),
      ...(['revenue', 'spend', 'cost_per_visit'] as const).map((name) =>
        figureColumn<VisitTimelineRow>(name, currency, { wide: true }),
      ),
    ],
    [interval, tz, currency],
  );
  return (
    <DataTable
      label="Visits over time"
      name="time-"
      columns={columns}
      rows={rows}
      rowId={({ start }) => start}
      sort={{ id: 'start', desc: false }}
      empty="Nobody came in this range"
      csv="visits-over-time"
      pageSize={31}
    />
  );
}
