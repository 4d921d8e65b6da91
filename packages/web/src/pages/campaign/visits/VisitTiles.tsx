import { SimpleGrid } from '@mantine/core';
import type { Analytics, VisitTimelineRow } from '../../../api/types/analytics.ts';
import { FigureTile } from '../../../charts/FigureTile.tsx';
import { figures, formatFigureShort, formatFigureWhole } from '../../../format/figures.ts';

const shown = [
  'visits',
  'unique_visitors',
  'conversions',
  'conversion_rate',
  'revenue',
  'cost_per_visit',
  'cost_per_conversion',
] as const;

type VisitTilesProps = { analytics: Analytics; timeline: VisitTimelineRow[] | undefined };

/** The figures of visits, each with its change and course. */
export function VisitTiles({ analytics, timeline }: VisitTilesProps) {
  const { currency, change, previous } = analytics;
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, lg: 4, xl: 7 }} spacing="sm">
      {shown.map((name) => {
        // Of the whole range, the API calls them so.
        const key = name === 'visits' ? 'total_visits' : name;
        return (
          <FigureTile
            key={name}
            label={figures[name].label}
            definition={figures[name].definition}
            better={figures[name].better}
            value={formatFigureShort(name, analytics[key], currency)}
            whole={formatFigureWhole(name, analytics[key], currency)}
            change={change === undefined || key === 'conversion_rate' ? undefined : change[key]}
            previous={previous && formatFigureShort(name, previous[key], currency)}
            course={timeline?.map((row) => row[name])}
          />
        );
      })}
    </SimpleGrid>
  );
}
