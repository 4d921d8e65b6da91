import type { TimelineRow } from '../api/types/report.ts';
import { EmptyState } from '../elements/EmptyState.tsx';
import { type FigureName, formatFigureWhole, figures as words } from '../format/figures.ts';
import { formatAxisMoney } from '../format/money.ts';
import { formatShort } from '../format/number.ts';
import type { Interval } from '../format/time.ts';
import type { Question } from '../question/use-question.ts';
import { LazyTimeChart } from './LazyTimeChart.tsx';
import type { TimeSeries } from './time-series.ts';

type TimelineChartProps = {
  rows: TimelineRow[];
  /** Of one unit, since there is one axis; the first is compared with what it was before. */
  figures: FigureName[];
  interval: Interval;
  question: Question;
  asOf: string;
};

const colours = ['var(--accent)', 'var(--hue-2)', 'var(--hue-3)'];

/** Figures of a time line as lines, with the period before as a thin grey one. */
export function TimelineChart({ rows, figures, interval, question, asOf }: TimelineChartProps) {
  const [first] = figures;
  if (rows.length === 0 || first === undefined) return <EmptyState title="Nothing happened in this range" />;
  const now = Date.parse(asOf);
  const future = rows.filter(({ start }) => Date.parse(start) > now).length;
  const open = rows.filter(({ start, end }) => Date.parse(end) > now && Date.parse(start) <= now).length;
  const until = rows.length - future;
  const series: TimeSeries[] = [
    ...(rows.some(({ previous }) => previous != null)
      ? [
          {
            name: 'before',
            color: 'var(--previous)',
            previous: true,
            values: rows.map(({ previous }) => previous?.[first] ?? null),
          },
        ]
      : []),
    ...figures
      .map((name, place) => ({
        name: words[name].label,
        color: colours[place] ?? 'var(--hue-other)',
        values: rows.slice(0, until).map((row) => row[name]),
      }))
      .filter(({ values }) => values.some((value) => value !== null)),
  ];
  const isMoney = words[first].unit === 'money';
  return (
    <LazyTimeChart
      label={`${figures.map((name) => words[name].label).join(' and ')} by ${interval}, in ${question.tz}. The table holds the same.`}
      starts={rows.map(({ start }) => start)}
      interval={interval}
      timeZone={question.tz}
      series={series}
      incomplete={open}
      format={(value) => formatFigureWhole(first, value, question.currency)}
      formatAxis={(value) => (isMoney ? formatAxisMoney(value, question.currency) : formatShort(value))}
    />
  );
}
