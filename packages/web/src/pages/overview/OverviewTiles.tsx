import { SimpleGrid } from '@mantine/core';
import type { Overview, TimelineRow } from '../../api/types/report.ts';
import { FigureTile } from '../../charts/FigureTile.tsx';
import { type FigureName, figures, formatFigureShort, formatFigureWhole } from '../../format/figures.ts';
import { formatPercent } from '../../format/number.ts';
import { paths } from '../../paths.ts';
import { useSession } from '../../session/use-session.ts';

const shown = ['revenue', 'profit', 'spend', 'roi', 'roas', 'orders'] as const satisfies FigureName[];

type OverviewTilesProps = { overview: Overview; timeline: TimelineRow[] | undefined };

/** The figures that matter most, each with its change and course. */
export function OverviewTiles({ overview, timeline }: OverviewTilesProps) {
  const { currency, change, previous } = overview;
  const seesAll = useSession().scope.kind === 'all';
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, lg: 4, xl: 7 }} spacing="sm">
      {shown.map((name) => {
        const { label, definition, better } = figures[name];
        return (
          <FigureTile
            key={name}
            label={label}
            definition={definition}
            better={better}
            value={formatFigureShort(name, overview[name], currency)}
            whole={formatFigureWhole(name, overview[name], currency)}
            change={change === undefined || name === 'roi' ? undefined : change[name]}
            previous={previous && formatFigureShort(name, previous[name], currency)}
            course={timeline?.map((row) => row[name])}
            note={name === 'profit' ? profitNote(overview) : undefined}
            link={{ to: paths.leaderboard, search: { sort: `-${name}` } }}
          />
        );
      })}
      {seesAll && (
        <FigureTile
          label="Attributed share"
          definition="Attributed revenue ÷ creditable revenue of countable orders under the same model × 100."
          value={formatPercent(overview.attribution_rate)}
          previous={previous && formatPercent(previous.attribution_rate)}
          link={{ to: paths.health }}
        />
      )}
    </SimpleGrid>
  );
}

function profitNote({ profit, profit_revenue_share }: Overview): string | undefined {
  if (profit === null || profit_revenue_share === null || profit_revenue_share >= 0.9995) return undefined;
  return `of ${formatPercent(profit_revenue_share * 100)} of revenue`;
}
