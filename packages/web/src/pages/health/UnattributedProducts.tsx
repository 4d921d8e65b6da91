import { useMemo } from 'react';
import type { Health } from '../../api/types/report.ts';
import { EmptyState } from '../../elements/EmptyState.tsx';
import { TextLink } from '../../elements/links.tsx';
import { Panel } from '../../elements/Panel.tsx';
import { formatAmount } from '../../format/money.ts';
import { formatCount, formatQuantity } from '../../format/number.ts';
import { formatInstant } from '../../format/time.ts';
import { paths } from '../../paths.ts';
import type { Question } from '../../question/use-question.ts';
import type { Column } from '../../table/column.ts';
import { DataTable } from '../../table/DataTable.tsx';

type Unattributed = NonNullable<Health['unattributed_products']>;
type UnattributedProduct = Unattributed['products'][number];

/** What sold without any campaign: worth targeting. */
export function UnattributedProducts({ health, question }: { health: Health; question: Question }) {
  const columns = useMemo(() => columnsFor(health.currency), [health.currency]);
  const found = health.unattributed_products;
  return (
    <Panel title="Sold without a campaign" note={found === null ? undefined : examined(found, question.tz)}>
      {found === null ? (
        <EmptyState title="Not known as booked">
          Look by sale date to see what sold without a campaign.
        </EmptyState>
      ) : (
        <DataTable
          label="Products sold without a campaign"
          columns={columns}
          rows={found.products}
          rowId={({ product_id }) => product_id}
          sort={{ id: 'revenue', desc: true }}
          csv="unattributed-products"
          pageSize={15}
          empty={
            <EmptyState title="Everything that sold was promoted">
              Each product sold in this range was targeted by a running campaign.
            </EmptyState>
          }
        />
      )}
    </Panel>
  );
}

function examined({ orders_examined, since }: Unattributed, tz: string): string {
  const from = since === null ? '' : `, back to ${formatInstant(since, tz)}`;
  return `Worth targeting. Among the latest ${formatCount(orders_examined)} orders of the range${from}.`;
}

function columnsFor(currency: string): Column<UnattributedProduct>[] {
  return [
    {
      id: 'name',
      header: 'Product',
      value: ({ name, external_id }) => name ?? external_id,
      cell: ({ product_id, name, external_id }) => (
        <TextLink to={paths.product} params={{ productId: product_id }} inherit>
          {name ?? external_id}
        </TextLink>
      ),
    },
    { id: 'sku', header: 'SKU', wide: true, value: ({ sku, external_id }) => sku ?? external_id },
    {
      id: 'revenue',
      header: `Revenue (${currency})`,
      numeric: true,
      value: ({ revenue }) => revenue,
      cell: ({ revenue }) => formatAmount(revenue, currency),
    },
    {
      id: 'units',
      header: 'Units',
      numeric: true,
      value: ({ units }) => units,
      cell: ({ units }) => formatQuantity(units),
    },
  ];
}
