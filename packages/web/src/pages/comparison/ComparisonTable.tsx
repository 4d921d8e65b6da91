import { type ReactNode, useMemo } from 'react';
import { CampaignName } from '../../campaigns/CampaignName.tsx';
import { ChangeText } from '../../elements/ChangeText.tsx';
import { platformName } from '../../elements/platform.ts';
import { type FigureName, figures, formatFigure } from '../../format/figures.ts';
import { modelWords } from '../../question/models.ts';
import type { Question } from '../../question/use-question.ts';
import type { Column } from '../../table/column.ts';
import { DataTable } from '../../table/DataTable.tsx';
import { type ComparedCampaign, differencePercent } from './beside-each-other.ts';

type ComparisonTableProps = {
  rows: ComparedCampaign[] | undefined;
  models: string[];
  figure: FigureName;
  question: Question;
  error: Error | null;
  onRetry: () => void;
  empty: ReactNode;
};

export function ComparisonTable({ models, figure, question, ...rest }: ComparisonTableProps) {
  const columns = useMemo(() => columnsFor(models, figure, question), [models, figure, question]);
  return (
    <DataTable
      label="Campaigns under each model"
      columns={columns}
      rowId={({ campaign_id }) => campaign_id}
      sort={{ id: 'model-0', desc: true }}
      csv="model-comparison"
      {...rest}
    />
  );
}

function columnsFor(
  models: string[],
  figure: FigureName,
  { currency }: Question,
): Column<ComparedCampaign>[] {
  const unit = figures[figure].unit === 'money' ? ` (${currency})` : '';
  return [
    {
      id: 'name',
      header: 'Campaign',
      value: ({ name }) => name,
      cell: ({ campaign_id, name }) => <CampaignName id={campaign_id} name={name} />,
    },
    {
      id: 'platform',
      header: 'Platform',
      wide: true,
      value: ({ platform }) => platform,
      cell: ({ platform }) => platformName(platform),
    },
    ...models.flatMap((model, place): Column<ComparedCampaign>[] => {
      const difference = ({ values }: ComparedCampaign) =>
        differencePercent(values[place] ?? null, values[0] ?? null);
      return [
        {
          id: `model-${place}`,
          header: `${modelWords(model).label}${unit}`,
          definition: modelWords(model).meaning,
          numeric: true,
          value: ({ values }) => values[place],
          cell: ({ values }) => formatFigure(figure, values[place], currency),
        },
        ...(place === 0
          ? []
          : [
              {
                id: `difference-${place}`,
                header: 'Difference',
                definition: `${modelWords(model).label} against ${modelWords(models[0]!).label}`,
                numeric: true,
                value: difference,
                cell: (row: ComparedCampaign) => <ChangeText change={difference(row)} better="neither" />,
              },
            ]),
      ];
    }),
  ];
}
