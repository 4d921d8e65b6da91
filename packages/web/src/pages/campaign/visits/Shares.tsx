import type { VisitShare } from '../../../api/types/analytics.ts';
import { RankedBars } from '../../../charts/RankedBars.tsx';
import { Panel } from '../../../elements/Panel.tsx';
import { formatCount, formatPercent } from '../../../format/number.ts';

type SharesProps = { title: string; shares: (VisitShare & { name: string })[] };

/** How visits divide, and the orders they led to, as bars that say their figures. */
export function Shares({ title, shares }: SharesProps) {
  return (
    <Panel title={title}>
      <RankedBars
        label={title}
        bars={[...shares]
          .sort((a, b) => b.visits - a.visits)
          .map(({ name, visits, share, conversions }) => ({
            id: name,
            label: name,
            value: visits,
            shown: conversions === 0 ? formatCount(visits) : `${formatCount(visits)} · ${sold(conversions)}`,
            note: `${formatPercent(share)} ·`,
            color: 'var(--accent)',
          }))}
      />
    </Panel>
  );
}

function sold(conversions: number): string {
  return conversions === 1 ? '1 conversion' : `${formatCount(conversions)} conversions`;
}
