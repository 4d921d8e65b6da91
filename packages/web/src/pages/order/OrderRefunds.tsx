import { useMemo } from 'react';
import type { Order, Refund } from '../../api/types/order.ts';
import { Panel } from '../../elements/Panel.tsx';
import { formatAmount } from '../../format/money.ts';
import { formatInstant } from '../../format/time.ts';
import type { Column } from '../../table/column.ts';
import { DataTable } from '../../table/DataTable.tsx';

/** What was given back. */
export function OrderRefunds({ order, tz }: { order: Order; tz: string }) {
  const columns = useMemo<Column<Refund>[]>(
    () => [
      {
        id: 'refunded_at',
        header: `When (${tz})`,
        value: ({ refunded_at }) => refunded_at,
        cell: ({ refunded_at }) => formatInstant(refunded_at, tz),
      },
      {
        id: 'refunded',
        header: `Amount (${order.currency})`,
        numeric: true,
        value: ({ refunded }) => refunded,
        cell: ({ refunded }) => formatAmount(refunded, order.currency),
      },
      { id: 'reason', header: 'Reason', value: ({ reason }) => reason },
    ],
    [order.currency, tz],
  );
  return (
    <Panel title="Refunds">
      <DataTable
        label="Refunds"
        name="refunds-"
        columns={columns}
        rows={order.refunds}
        rowId={({ id }) => id}
        sort={{ id: 'refunded_at', desc: false }}
        csv={`refunds-${order.external_id}`}
        empty="Nothing was refunded"
      />
    </Panel>
  );
}
