import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { creditedProductsReport } from '../../api/reports.ts';
import type { Campaign } from '../../api/types/campaign.ts';
import type { CreditedProduct } from '../../api/types/report.ts';
import { ChangeText } from '../../elements/ChangeText.tsx';
import { EmptyState } from '../../elements/EmptyState.tsx';
import { TextLink } from '../../elements/links.tsx';
import { paths } from '../../paths.ts';
import { QuestionBar } from '../../question/QuestionBar.tsx';
import { ReportNotes } from '../../question/ReportNotes.tsx';
import { type Question, useQuestion } from '../../question/use-question.ts';
import type { Column } from '../../table/column.ts';
import { DataTable } from '../../table/DataTable.tsx';
import { figureColumn } from '../../table/figure-column.tsx';
import { ChildrenSwitch } from './ChildrenSwitch.tsx';
import { useWithChildren } from './use-with-children.ts';

/** What the campaign earned with each product. */
export function CreditedProductsTab({ campaign }: { campaign: Campaign }) {
  const question = useQuestion();
  const [withChildren] = useWithChildren();
  const products = useQuery(creditedProductsReport(question, campaign.id, withChildren));
  const columns = useMemo(() => columnsFor(question), [question]);
  return (
    <>
      <QuestionBar />
      <ChildrenSwitch campaign={campaign} />
      <DataTable
        label="Credited products"
        columns={columns}
        rows={products.data?.data}
        rowId={({ product_id, rank }) => product_id ?? String(rank)}
        sort={{ id: 'revenue', desc: true }}
        error={products.error}
        onRetry={() => void products.refetch()}
        csv={`${campaign.tracking_code}-products`}
        empty={
          <EmptyState title="No product earned it credit in this range">
            A product is credited when it sells while the campaign runs and targets it.
          </EmptyState>
        }
      />
      <ReportNotes meta={products.data?.meta} />
    </>
  );
}

function columnsFor({ currency, compare }: Question): Column<CreditedProduct>[] {
  return [
    {
      id: 'name',
      header: 'Product',
      value: ({ name, external_id }) => name ?? external_id ?? 'Orders without lines',
      cell: ({ product_id, name, external_id }) =>
        product_id === null ? (
          'Orders without lines'
        ) : (
          <TextLink to={paths.product} params={{ productId: product_id }} inherit>
            {name ?? external_id}
          </TextLink>
        ),
    },
    { id: 'sku', header: 'SKU', wide: true, value: ({ sku }) => sku },
    { id: 'category', header: 'Category', wide: true, value: ({ category }) => category },
    figureColumn('revenue', currency),
    ...(compare
      ? [
          {
            id: 'change',
            header: 'Change',
            numeric: true,
            wide: true,
            value: ({ change }: CreditedProduct) => change?.revenue,
            cell: ({ change }: CreditedProduct) => <ChangeText change={change?.revenue} />,
          },
        ]
      : []),
    figureColumn('profit', currency),
    figureColumn('units', currency),
    figureColumn('orders', currency, { wide: true }),
  ];
}
