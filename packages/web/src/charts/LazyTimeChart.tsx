import { Skeleton, useComputedColorScheme } from '@mantine/core';
import { lazy, Suspense } from 'react';
import type { TimeChartProps } from './time-series.ts';

const TimeChart = lazy(() => import('./TimeChart.tsx'));

/** A chart over time; the library that draws it is loaded with the first one. */
export function LazyTimeChart(props: TimeChartProps) {
  const dark = useComputedColorScheme('light') === 'dark';
  return (
    <Suspense fallback={<Skeleton h={props.height ?? 260} />}>
      <TimeChart {...props} dark={dark} />
    </Suspense>
  );
}
