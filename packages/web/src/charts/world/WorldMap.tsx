import { MapChart } from 'echarts/charts';
import { GeoComponent, TooltipComponent, VisualMapComponent } from 'echarts/components';
import { type ECharts, init, registerMap, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { readColours } from '../chart-colours.ts';
import { mapOptionsOf } from './map-options.ts';
import { readWorld } from './read-world.ts';
import type { WorldMapProps } from './world-map.ts';

use([MapChart, GeoComponent, TooltipComponent, VisualMapComponent, SVGRenderer]);
registerMap('world', readWorld() as unknown as Parameters<typeof registerMap>[1]);

/** The countries of the world, the darker the more; `LazyWorldMap` loads it when it is needed. */
export default function WorldMap(props: WorldMapProps & { dark: boolean }) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts>(null);

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

  useEffect(() => {
    chart.current?.setOption(mapOptionsOf(props, readColours(place.current!)), { notMerge: true });
  }, [props]);

  return (
    <div ref={place} style={{ aspectRatio: '2 / 1', width: '100%' }} role="img" aria-label={props.label} />
  );
}
