import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { formatDate } from '../format/time.ts';
import classes from './PeriodBars.module.css';

export type PeriodRow = {
  id: string;
  label: ReactNode;
  /** Said of the row's bars, for those who do not see them. */
  text: string;
  periods: { from: string; to: string | null }[];
  /** Drawn faintly behind: a wider condition, such as when a campaign ran at all. */
  behind?: { from: string; to: string | null }[];
  color: string;
};

type PeriodBarsProps = {
  rows: PeriodRow[];
  timeZone: string;
  /** A moment to mark across all rows, such as now or the sale. */
  mark: { at: string; label: string };
  /** Names stand above their bars, where there is little room beside them. */
  stacked?: boolean;
  /** What is shown at least. */
  span?: { from: string; to: string };
};

/** Periods as bars under a common time line, with one moment marked across them. An open end runs off the right edge. */
export function PeriodBars({ rows, timeZone, mark, stacked, span }: PeriodBarsProps) {
  const { from, to } = extent(rows, mark.at, span);
  const place = (instant: string | null) =>
    instant === null ? 100 : Math.min(100, Math.max(0, ((Date.parse(instant) - from) / (to - from)) * 100));
  const markPlace = place(mark.at);
  return (
    <div className={classes.chart} data-stacked={stacked || undefined}>
      <div className={classes.row}>
        <div />
        <div className={classes.axis} aria-hidden="true">
          {/* A date gives way to the mark beside it, which would lie across it on a phone. */}
          <span>{markPlace > 30 && formatDate(new Date(from).toISOString(), timeZone)}</span>
          <span
            className={classes.markLabel}
            data-side={markPlace > 70 ? 'end' : 'start'}
            style={{ insetInlineStart: `${markPlace}%` }}
          >
            {mark.label}
          </span>
          {markPlace < 70 && <span>{formatDate(new Date(to).toISOString(), timeZone)}</span>}
        </div>
      </div>
      <ul className={classes.list}>
        {rows.map(({ id, label, text, periods, behind = [], color }) => (
          <li key={id} className={classes.row}>
            <Text component="div" size="sm" truncate>
              {label}
            </Text>
            <div className={classes.track} role="img" aria-label={text}>
              {[...behind.map((period) => ({ ...period, faint: true })), ...periods].map((period) => (
                <div
                  key={`${'faint' in period} ${period.from}`}
                  className={classes.bar}
                  data-faint={'faint' in period || undefined}
                  data-open={period.to === null || undefined}
                  style={{
                    insetInlineStart: `${place(period.from)}%`,
                    width: `max(3px, ${place(period.to) - place(period.from)}%)`,
                    background: color,
                  }}
                />
              ))}
              <div className={classes.mark} style={{ insetInlineStart: `${markPlace}%` }} />
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}

function extent(rows: PeriodRow[], at: string, span: PeriodBarsProps['span']): { from: number; to: number } {
  const moments = [
    Date.parse(at),
    ...(span === undefined ? [] : [Date.parse(span.from), Date.parse(span.to)]),
    ...rows.flatMap(({ periods, behind = [] }) =>
      [...periods, ...behind].flatMap(({ from, to }) => [
        Date.parse(from),
        ...(to === null ? [] : [Date.parse(to)]),
      ]),
    ),
  ];
  const first = Math.min(...moments);
  const last = Math.max(...moments);
  const margin = Math.max((last - first) * 0.04, 3_600_000);
  return { from: first - margin, to: last + margin };
}
