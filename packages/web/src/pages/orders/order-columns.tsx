import type { Order } from '../../api/types/order.ts';
import { TextLink } from '../../elements/links.tsx';
import { StatusBadge } from '../../elements/StatusBadge.tsx';
import { formatAmount } from '../../format/money.ts';
import { formatQuantity } from '../../format/number.ts';
import { formatInstant } from '../../format/time.ts';
import { paths } from '../../paths.ts';
import type { Column } from '../../table/column.ts';

/** Orders of several currencies may stand under each other, so each amount has its currency beside it. */
export function orderColumns(tz: string): Column<Order>[] {
  return [
    {
      id: 'order_number',
      header: 'Order',
      value: (order) => order.order_number ?? order.external_id,
      cell: (order) => (
        <TextLink to={paths.order} params={{ orderId: order.id }} inherit>
          {order.order_number ?? order.external_id}
        </TextLink>
      ),
    },
    {
      id: 'ordered_at',
      header: `Ordered (${tz})`,
      value: ({ ordered_at }) => ordered_at,
      cell: ({ ordered_at }) => formatInstant(ordered_at, tz),
    },
    {
      id: 'status',
      header: 'Status',
      value: ({ status }) => status,
      cell: ({ status }) => <StatusBadge status={status} />,
    },
    {
      id: 'settlement',
      header: 'Settlement',
      definition: 'Whether the ledger says what the order’s facts say',
      wide: true,
      value: ({ settlement }) => settlement.status,
      cell: ({ settlement }) => <StatusBadge status={settlement.status} />,
    },
    {
      id: 'customer',
      header: 'Customer',
      wide: true,
      value: ({ customer }) => customer?.name ?? customer?.email ?? customer?.external_id,
    },
    {
      id: 'lines',
      header: 'Lines',
      numeric: true,
      wide: true,
      value: ({ lines }) => lines.length,
      cell: ({ lines }) => formatQuantity(lines.length),
    },
    { id: 'currency', header: 'Currency', wide: true, value: ({ currency }) => currency },
    {
      id: 'total',
      header: 'Total',
      definition: 'What it was sold for: lines, shipping, and tax where it comes on top',
      numeric: true,
      value: ({ total }) => total,
      cell: ({ total, currency }) => formatAmount(total, currency),
    },
    {
      id: 'refunded',
      header: 'Refunded',
      numeric: true,
      wide: true,
      value: ({ refunded }) => refunded,
      cell: ({ refunded, currency }) => (refunded === 0 ? '–' : formatAmount(refunded, currency)),
    },
  ];
}
