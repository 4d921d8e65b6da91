import { useMemo } from 'react';
import type { Product } from '../../api/types/order.ts';
import { EmptyState } from '../../elements/EmptyState.tsx';
import { Panel } from '../../elements/Panel.tsx';
import { formatAmount } from '../../format/money.ts';
import { formatInstant } from '../../format/time.ts';
import type { Column } from '../../table/column.ts';
import { DataTable } from '../../table/DataTable.tsx';

type Cost = Product['costs'][number];

/** What a piece cost when: a past sale keeps the profit it had. */
export function CostPeriods({ product, tz }: { product: Product; tz: string }) {
  const columns = useMemo<Column<Cost>[]>(
    () => [
      {
        id: 'from',
        header: `From (${tz})`,
        value: ({ from }) => from,
        cell: ({ from }) => (from === null ? 'always' : formatInstant(from, tz)),
      },
      {
        id: 'to',
        header: `Until (${tz})`,
        value: ({ to }) => to,
        cell: ({ to }) => (to === null ? 'open' : formatInstant(to, tz)),
      },
      {
        id: 'unit_cost',
        header: 'Cost of a piece',
        numeric: true,
        value: ({ unit_cost }) => unit_cost,
        cell: ({ unit_cost, currency }) => formatAmount(unit_cost, currency),
      },
      { id: 'currency', header: 'Currency', value: ({ currency }) => currency },
    ],
    [tz],
  );
  return (
    <Panel title="Cost">
      <DataTable
        label="Cost periods"
        columns={columns}
        rows={product.costs}
        rowId={({ from, currency }) => `${from} ${currency}`}
        csv={`cost-${product.external_id}`}
        empty={
          <EmptyState title="Its cost is not known">
            Then its profit is not known either, and shows as “–”. Send the cost by the API or an import.
          </EmptyState>
        }
      />
    </Panel>
  );
}
