import { useMemo } from 'react';
import type { Order, OrderLine } from '../../api/types/order.ts';
import { TextLink } from '../../elements/links.tsx';
import { Panel } from '../../elements/Panel.tsx';
import { formatAmount } from '../../format/money.ts';
import { formatQuantity } from '../../format/number.ts';
import { paths } from '../../paths.ts';
import type { Column } from '../../table/column.ts';
import { DataTable } from '../../table/DataTable.tsx';

/** What was sold. */
export function OrderLines({ order }: { order: Order }) {
  const columns = useMemo(() => columnsFor(order.currency), [order.currency]);
  return (
    <Panel title="Lines">
      <DataTable
        label="Lines"
        name="lines-"
        columns={columns}
        rows={order.lines}
        rowId={({ line_no }) => String(line_no)}
        sort={{ id: 'line_no', desc: false }}
        csv={`lines-${order.external_id}`}
        empty="The order has a total without lines"
      />
    </Panel>
  );
}

function columnsFor(currency: string): Column<OrderLine>[] {
  const money = (
    id: keyof OrderLine & string,
    header: string,
    value: (line: OrderLine) => number | null,
    wide = true,
  ): Column<OrderLine> => ({
    id,
    header: `${header} (${currency})`,
    numeric: true,
    wide,
    value,
    cell: (line) => formatAmount(value(line), currency),
  });
  return [
    {
      id: 'product',
      header: 'Product',
      value: ({ product }) => product.name ?? product.external_id,
      cell: ({ product_id, product }) => (
        <TextLink to={paths.product} params={{ productId: product_id }} inherit>
          {product.name ?? product.external_id}
        </TextLink>
      ),
    },
    { id: 'line_no', header: 'Line', numeric: true, wide: true, value: ({ line_no }) => line_no },
    {
      id: 'quantity',
      header: 'Quantity',
      numeric: true,
      value: ({ quantity }) => quantity,
      cell: ({ quantity }) => formatQuantity(quantity),
    },
    money('unit_price', 'Price', ({ unit_price }) => unit_price),
    money('discount', 'Discounts', (line) => line.discount + line.order_discount_share),
    money('net', 'Net', ({ net }) => net, false),
    money('refunded', 'Refunded', ({ refunded }) => refunded),
    money('unit_cost', 'Unit cost', ({ unit_cost }) => unit_cost),
  ];
}
