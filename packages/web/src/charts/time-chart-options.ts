import type { EChartsCoreOption } from 'echarts/core';
import { formatBucket } from '../format/time.ts';
import type { ChartColours } from './chart-colours.ts';
import { endLabelShifts } from './end-label-shifts.ts';
import type { TimeChartProps, TimeSeries } from './time-series.ts';

/** What ECharts is to draw: bars from zero, lines labelled at their end, gaps left open, what is not over dashed. */
export function optionsOf(props: TimeChartProps, colours: ChartColours): EChartsCoreOption {
  const { starts, interval, timeZone, series, formatAxis } = props;
  const labels = starts.map((start) => formatBucket(start, interval, timeZone));
  const longest = Math.max(0, ...series.map(({ name }) => name.length));
  const shifts = endLabelShifts(series);
  return {
    animation: false,
    textStyle: { fontFamily: 'inherit', color: colours.text },
    grid: { left: 4, right: Math.min(150, 16 + longest * 6.5), top: 12, bottom: 4, containLabel: true },
    tooltip: tooltipOf(props, labels, colours),
    xAxis: {
      type: 'category',
      data: labels,
      boundaryGap: series.some(({ kind }) => kind === 'bar'),
      axisLine: { lineStyle: { color: colours.rule } },
      axisTick: { show: false },
      axisLabel: { color: colours.dimmed, hideOverlap: true, fontSize: 11 },
    },
    yAxis: {
      type: 'value',
      splitLine: { lineStyle: { color: colours.rule } },
      axisLabel: { color: colours.dimmed, fontSize: 11, formatter: (value: number) => formatAxis(value) },
      splitNumber: 4,
    },
    series: series.flatMap((each, place) => drawn(each, props.incomplete ?? 0, shifts[place] ?? 0, colours)),
  };
}

function drawn(series: TimeSeries, incomplete: number, shift: number, colours: ChartColours): object[] {
  const color = series.previous ? colours.previous : colours.resolve(series.color);
  const base = { name: series.name, color, connectNulls: false, silent: series.previous };
  if (series.kind === 'bar') {
    return [{ ...base, type: 'bar', barMaxWidth: 18, data: series.values, itemStyle: { color } }];
  }
  const line = {
    ...base,
    type: 'line',
    showSymbol: series.values.length === 1,
    symbolSize: 5,
    lineStyle: { color, width: series.previous ? 1 : 2 },
    endLabel: { show: true, formatter: '{a}', color, fontSize: 11, distance: 6, offset: [0, shift] },
    z: series.previous ? 1 : 3,
  };
  const cut = series.values.length - incomplete;
  if (series.previous || incomplete === 0 || cut < 1) return [{ ...line, data: series.values }];
  const whole = series.values.map((value, place) => (place < cut ? value : null));
  const open = series.values.map((value, place) => (place >= cut - 1 ? value : null));
  return [
    { ...line, data: whole, endLabel: { show: false } },
    { ...line, data: open, lineStyle: { ...line.lineStyle, type: 'dashed' } },
  ];
}

function tooltipOf({ series, format }: TimeChartProps, labels: string[], colours: ChartColours) {
  return {
    trigger: 'axis',
    confine: true,
    backgroundColor: colours.raised,
    borderColor: colours.rule,
    textStyle: { color: colours.text, fontSize: 12 },
    formatter: (points: { dataIndex: number }[]) => {
      const place = points[0]?.dataIndex ?? 0;
      const rows = series.map(({ name, values }) => {
        const value = values[place];
        return `${escaped(name)}: <b>${value == null ? '–' : escaped(format(value))}</b>`;
      });
      return [escaped(labels[place] ?? ''), ...rows].join('<br>');
    },
  };
}

// Names come from people.
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
