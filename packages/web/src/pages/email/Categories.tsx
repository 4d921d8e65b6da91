import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { emailCategoriesReport, type MailNarrowing } from '../../api/email.ts';
import type { CategoryRow } from '../../api/types/email.ts';
import { ChartPanel } from '../../charts/ChartPanel.tsx';
import { RankedBars } from '../../charts/RankedBars.tsx';
import { EmptyState } from '../../elements/EmptyState.tsx';
import { FailedState } from '../../elements/FailedState.tsx';
import { LoadingRows } from '../../elements/LoadingRows.tsx';
import { emailColumn } from '../../email/email-figures.ts';
import type { EmailQuestion } from '../../email/use-email-question.ts';
import { formatShortMoney } from '../../format/money.ts';
import { formatCount } from '../../format/number.ts';
import type { Column } from '../../table/column.ts';
import { DataTable } from '../../table/DataTable.tsx';

type CategoriesProps = { question: EmailQuestion; narrowing: MailNarrowing };

const longest = 10;

/** What was sold, and what may be yet, by the category of the product. */
export function Categories({ question, narrowing }: CategoriesProps) {
  const { currency } = question;
  const categories = useQuery(emailCategoriesReport(question, narrowing));
  const columns = useMemo(() => columnsFor(currency), [currency]);
  const { data, error } = categories;
  if (error !== null) return <FailedState error={error} onRetry={() => void categories.refetch()} />;
  if (data === undefined) return <LoadingRows label="Product categories" rows={8} />;
  const rows = data.data;
  return (
    <ChartPanel
      title="Product categories"
      note={
        rows.length > longest ? `The first ${longest} of ${formatCount(rows.length)} by revenue.` : undefined
      }
      name="categories"
      chart={
        rows.length === 0 ? (
          <EmptyState title="Nothing was sold in this range">
            Here stands what was sold by category, as the CRM or the products tell it.
          </EmptyState>
        ) : (
          <RankedBars
            label="Revenue by product category"
            bars={rows.slice(0, longest).map(({ name, revenue, sales }) => ({
              id: name ?? '',
              label: nameOf(name),
              value: revenue,
              shown: formatShortMoney(revenue, currency),
              note: `${formatCount(sales)} ${sales === 1 ? 'sale' : 'sales'} ·`,
              color: 'var(--accent)',
            }))}
          />
        )
      }
      table={
        <DataTable
          label="Product categories"
          name="category-"
          columns={columns}
          rows={rows}
          rowId={({ name }) => name ?? ''}
          sort={{ id: 'revenue', desc: true }}
          empty="Nothing was sold in this range"
          csv="email-categories"
          pageSize={10}
        />
      }
    />
  );
}

function nameOf(name: string | null): string {
  return name ?? 'Without a category';
}

function columnsFor(currency: string): Column<CategoryRow>[] {
  return [
    { id: 'name', header: 'Category', value: ({ name }) => nameOf(name) },
    ...(['sales', 'revenue', 'average_order_value'] as const).map((name) =>
      emailColumn<CategoryRow>(name, currency),
    ),
    ...(['leads', 'signups', 'demo_requests', 'lead_value'] as const).map((name) =>
      emailColumn<CategoryRow>(name, currency, { wide: true }),
    ),
  ];
}
