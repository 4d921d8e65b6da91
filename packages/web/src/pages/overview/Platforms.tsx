import { useMemo } from 'react';
import type { PlatformRow } from '../../api/types/report.ts';
import { ChangeText } from '../../elements/ChangeText.tsx';
import { Panel } from '../../elements/Panel.tsx';
import { platformName } from '../../elements/platform.ts';
import type { Question } from '../../question/use-question.ts';
import type { Column } from '../../table/column.ts';
import { DataTable } from '../../table/DataTable.tsx';
import { figureColumn } from '../../table/figure-column.tsx';

/** What each platform earned; a sale that two of its campaigns share counts once. */
export function Platforms({ rows, question }: { rows: PlatformRow[]; question: Question }) {
  const columns = useMemo<Column<PlatformRow>[]>(
    () => [
      {
        id: 'platform',
        header: 'Platform',
        value: ({ platform }) => platform,
        cell: ({ platform }) => platformName(platform),
      },
      figureColumn('revenue', question.currency),
      {
        id: 'change',
        header: 'Change',
        numeric: true,
        wide: true,
        value: ({ change }) => change?.revenue,
        cell: ({ change }) => <ChangeText change={change?.revenue} />,
      },
      figureColumn('spend', question.currency, { wide: true }),
      figureColumn('roas', question.currency),
    ],
    [question.currency],
  );
  return (
    <Panel title="Platforms" note="A sale that several campaigns of a platform share counts there once">
      <DataTable
        label="Platforms"
        name="platforms-"
        columns={columns}
        rows={rows}
        rowId={({ platform }) => platform}
        sort={{ id: 'revenue', desc: true }}
        empty="No platform earned or cost anything in this range"
        csv="platforms"
      />
    </Panel>
  );
}
