import { BarChart as Bars, LineChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import { type ECharts, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { readColours } from './chart-colours.ts';
import { optionsOf } from './time-chart-options.ts';
import type { TimeChartProps } from './time-series.ts';

use([LineChart, Bars, GridComponent, TooltipComponent, SVGRenderer]);

/** A chart over time, drawn by ECharts; `LazyTimeChart` loads it when it is needed. */
export default function TimeChart(props: TimeChartProps & { dark: boolean }) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts>(null);
  const { label, height = 260 } = props;

  useEffect(() => {
    const drawn = init(place.current!, null, { renderer: 'svg' });
    chart.current = drawn;
    const observer = new ResizeObserver(() => drawn.resize());
    observer.observe(place.current!);
    return () => {
      observer.disconnect();
      drawn.dispose();
    };
  }, []);

  // Redrawn whole: a series that is gone must not stay behind. The colours are those of the scheme now.
  useEffect(() => {
    chart.current?.setOption(optionsOf(props, readColours(place.current!)), { notMerge: true });
  }, [props]);

  return <div ref={place} style={{ height, width: '100%' }} role="img" aria-label={label} />;
}
