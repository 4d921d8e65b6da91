import type { EChartsCoreOption } from 'echarts/core';
import { countryName } from '../../format/country.ts';
import type { ChartColours } from '../chart-colours.ts';
import { atlasNameOf } from './atlas-names.ts';
import type { WorldMapProps } from './world-map.ts';

/** What ECharts is to draw: the accent, the stronger the more, from nothing to the most; no data is the ground. */
export function mapOptionsOf(
  { countries, unit, format }: WorldMapProps,
  colours: ChartColours,
): EChartsCoreOption {
  const ground = colours.resolve('var(--rule)');
  const accent = colours.resolve('var(--accent)');
  const data = countries.flatMap(({ country, value }) => {
    const name = atlasNameOf(country);
    return name === undefined
      ? []
      : [{ name, value, shown: `${countryName(country)}: ${format(value)} ${unit}` }];
  });
  return {
    animation: false,
    textStyle: { fontFamily: 'inherit', color: colours.text },
    tooltip: {
      trigger: 'item',
      confine: true,
      backgroundColor: colours.raised,
      borderColor: colours.rule,
      textStyle: { color: colours.text, fontSize: 12 },
      formatter: ({ data }: { data?: { shown: string } }) => data?.shown ?? '',
    },
    visualMap: {
      show: false,
      min: 0,
      max: Math.max(1, ...data.map(({ value }) => value)),
      inRange: { color: [ground, accent] },
    },
    series: [
      {
        type: 'map',
        map: 'world',
        data,
        left: 0,
        right: 0,
        top: 0,
        bottom: 0,
        selectedMode: false,
        label: { show: false },
        itemStyle: { areaColor: ground, borderColor: colours.raised, borderWidth: 0.5 },
        emphasis: { label: { show: false }, itemStyle: { areaColor: colours.resolve('var(--hue-2)') } },
      },
    ],
  };
}
