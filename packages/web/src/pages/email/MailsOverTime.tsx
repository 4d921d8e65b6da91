import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { emailTimelineReport, type MailNarrowing } from '../../api/email.ts';
import type { EmailTimelineRow } from '../../api/types/email.ts';
import { ChartPanel } from '../../charts/ChartPanel.tsx';
import { LazyTimeChart } from '../../charts/LazyTimeChart.tsx';
import { EmptyState } from '../../elements/EmptyState.tsx';
import { FailedState } from '../../elements/FailedState.tsx';
import { LoadingRows } from '../../elements/LoadingRows.tsx';
import { emailColumn, emailFigures, formatEmailFigure } from '../../email/email-figures.ts';
import type { EmailQuestion } from '../../email/use-email-question.ts';
import { formatAxisMoney } from '../../format/money.ts';
import { formatShort } from '../../format/number.ts';
import { formatBucket, type Interval } from '../../format/time.ts';
import { IntervalSelect } from '../../question/IntervalSelect.tsx';
import { useInterval } from '../../question/use-interval.ts';
import type { Column } from '../../table/column.ts';
import { DataTable } from '../../table/DataTable.tsx';
import { oneOf, useUrlState } from '../../url-state.ts';

type MailsOverTimeProps = { question: EmailQuestion; narrowing: MailNarrowing };

const subjects = ['mails', 'sales', 'revenue'] as const;

// One axis has one unit, so mails, sales and revenue take turns.
const drawn = {
  mails: ['sent', 'opened', 'clicked'],
  sales: ['sales'],
  revenue: ['revenue'],
} as const;

const colours: Record<(typeof drawn)[(typeof subjects)[number]][number], string> = {
  sent: 'var(--previous)',
  opened: 'var(--accent)',
  clicked: 'var(--hue-2)',
  sales: 'var(--accent)',
  revenue: 'var(--accent)',
};

/** When mails were sent, opened and clicked, and when was sold. */
export function MailsOverTime({ question, narrowing }: MailsOverTimeProps) {
  const [state, change] = useUrlState();
  const subject = oneOf(state.over, subjects);
  const interval = useInterval(question);
  const timeline = useQuery(emailTimelineReport(question, { ...narrowing, interval }));
  const { data, error } = timeline;
  if (error !== null) return <FailedState error={error} onRetry={() => void timeline.refetch()} />;
  if (data === undefined) return <LoadingRows label="Over time" rows={8} />;
  const rows = data.data;
  const now = Date.parse(data.meta.as_of);
  const until = rows.filter(({ start }) => Date.parse(start) <= now).length;
  const [first] = drawn[subject];
  return (
    <ChartPanel
      title="Over time"
      note={
        subject === 'mails'
          ? 'Bars are mails sent, lines are opens and clicks by people, each when it happened.'
          : undefined
      }
      name="email-timeline"
      controls={
        <>
          <NativeSelect
            size="xs"
            aria-label="What is drawn"
            data={[
              { value: 'mails', label: 'Mails' },
              { value: 'sales', label: 'Sales' },
              { value: 'revenue', label: 'Revenue' },
            ]}
            value={subject}
            onChange={({ currentTarget: { value } }) =>
              change({ over: value === 'mails' ? undefined : value })
            }
          />
          <IntervalSelect />
        </>
      }
      chart={
        rows.length === 0 ? (
          <EmptyState title="Nothing happened in this range" />
        ) : (
          <LazyTimeChart
            label={`${drawn[subject].map((name) => emailFigures[name].label).join(', ')} by ${interval}, in ${question.tz}. The table holds the same.`}
            starts={rows.map(({ start }) => start)}
            interval={interval}
            timeZone={question.tz}
            series={drawn[subject].map((name) => ({
              name: emailFigures[name].label,
              color: colours[name],
              kind: name === 'sent' ? 'bar' : 'line',
              values: rows.slice(0, until).map((row) => row[name]),
            }))}
            incomplete={
              rows.filter(({ start, end }) => Date.parse(start) <= now && Date.parse(end) > now).length
            }
            format={(value) => formatEmailFigure(first, value, question.currency)}
            formatAxis={(value) =>
              first === 'revenue' ? formatAxisMoney(value, question.currency) : formatShort(value)
            }
          />
        )
      }
      table={<TimelineTable rows={rows} interval={interval} question={question} />}
    />
  );
}

type TimelineTableProps = { rows: EmailTimelineRow[]; interval: Interval; question: EmailQuestion };

function TimelineTable({ rows, interval, question }: TimelineTableProps) {
  const { tz, currency } = question;
  const columns = useMemo<Column<EmailTimelineRow>[]>(
    () => [
      {
        id: 'start',
        header: `${interval.charAt(0).toUpperCase()}${interval.slice(1)} (${tz})`,
        value: ({ start }) => start,
        cell: ({ start }) => formatBucket(start, interval, tz),
      },
      ...(['sent', 'delivered', 'opened', 'clicked', 'sales', 'revenue'] as const).map((name) =>
        emailColumn<EmailTimelineRow>(name, currency),
      ),
      ...(['bounced', 'unsubscribed'] as const).map((name) =>
        emailColumn<EmailTimelineRow>(name, currency, { wide: true }),
      ),
    ],
    [interval, tz, currency],
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
      csv="email-over-time"
      pageSize={31}
    />
  );
}
