import { type ReactNode, useMemo } from 'react';
import { CampaignName } from '../../campaigns/CampaignName.tsx';
import { platformName } from '../../elements/platform.ts';
import { StatusBadge } from '../../elements/StatusBadge.tsx';
import { type FigureName, figureHeader, figures, formatFigure } from '../../format/figures.ts';
import { formatDate } from '../../format/time.ts';
import type { Question } from '../../question/use-question.ts';
import type { Column } from '../../table/column.ts';
import { DataTable } from '../../table/DataTable.tsx';
import type { CampaignWithFigures } from './with-figures.ts';

type CampaignTableProps = {
  rows: CampaignWithFigures[] | undefined;
  empty: ReactNode;
  error: Error | null;
  onRetry: () => void;
  question: Question;
  tree: boolean;
};

const none: CampaignWithFigures[] = [];

/** Campaigns under each other, or each below its parent. */
export function CampaignTable({ rows, tree, question, ...rest }: CampaignTableProps) {
  const columns = useMemo(() => columnsFor(question), [question]);
  const { roots, childrenOf } = useMemo(() => planted(rows ?? none), [rows]);
  return (
    <DataTable
      label="Campaigns"
      columns={columns}
      rows={rows && (tree ? roots : rows)}
      rowId={({ id }) => id}
      childrenOf={tree ? childrenOf : undefined}
      sort={{ id: 'revenue', desc: true }}
      csv="campaigns"
      {...rest}
    />
  );
}

/** A campaign whose parent is filtered away stands at the top. */
function planted(rows: CampaignWithFigures[]) {
  const shown = new Set(rows.map(({ id }) => id));
  const children = new Map<string, CampaignWithFigures[]>();
  const roots: CampaignWithFigures[] = [];
  for (const row of rows) {
    const parent = row.parent_campaign_id;
    if (parent !== null && shown.has(parent)) children.set(parent, [...(children.get(parent) ?? []), row]);
    else roots.push(row);
  }
  return { roots, childrenOf: ({ id }: CampaignWithFigures) => children.get(id) ?? none };
}

function columnsFor({ currency, tz }: Question): Column<CampaignWithFigures>[] {
  const figure = (name: FigureName, wide = false): Column<CampaignWithFigures> => ({
    id: name,
    header: figureHeader(name, currency),
    definition: figures[name].definition,
    numeric: true,
    wide,
    value: ({ figures }) => figures[name],
    cell: ({ figures }) => formatFigure(name, figures[name], currency),
  });
  return [
    {
      id: 'name',
      header: 'Campaign',
      value: ({ name }) => name,
      cell: ({ id, name }) => <CampaignName id={id} name={name} />,
    },
    {
      id: 'status',
      header: 'Status',
      value: ({ status }) => status,
      cell: ({ status }) => <StatusBadge status={status} />,
    },
    {
      id: 'platform',
      header: 'Platform',
      wide: true,
      value: ({ platform }) => platform,
      cell: ({ platform }) => platformName(platform),
    },
    {
      id: 'starts_at',
      header: 'Starts',
      wide: true,
      value: ({ starts_at }) => starts_at,
      cell: ({ starts_at }) => formatDate(starts_at, tz),
    },
    figure('revenue'),
    figure('profit', true),
    figure('spend'),
    figure('roi'),
    figure('orders', true),
  ];
}
