import type { ReactNode } from 'react';
import type { Visit } from '../../api/types/tracking.ts';
import { RankedBars } from '../../charts/RankedBars.tsx';
import { Panel } from '../../elements/Panel.tsx';
import { formatCount } from '../../format/number.ts';

type ActiveByProps = {
  title: string;
  visits: Visit[];
  of: (visit: Visit) => string;
  label?: (kind: string) => ReactNode;
};

const most = 8;

/** How the visits of this moment divide, the most frequent first. */
export function ActiveBy({ title, visits, of, label = (kind) => kind }: ActiveByProps) {
  const counts = new Map<string, number>();
  for (const visit of visits) counts.set(of(visit), (counts.get(of(visit)) ?? 0) + 1);
  const ranked = [...counts].sort(([a, first], [b, second]) => second - first || a.localeCompare(b));
  return (
    <Panel title={title} note={ranked.length > most ? `The first ${most} of ${ranked.length}` : undefined}>
      <RankedBars
        label={title}
        bars={ranked.slice(0, most).map(([kind, count]) => ({
          id: kind,
          label: label(kind),
          value: count,
          shown: formatCount(count),
          color: 'var(--accent)',
        }))}
      />
    </Panel>
  );
}
