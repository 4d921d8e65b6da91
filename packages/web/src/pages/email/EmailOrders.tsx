import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { emailOrdersReport } from '../../api/email.ts';
import type { OrderGroup } from '../../api/types/email.ts';
import { ChartPanel } from '../../charts/ChartPanel.tsx';
import { RankedBars } from '../../charts/RankedBars.tsx';
import { EmptyState } from '../../elements/EmptyState.tsx';
import { FailedState } from '../../elements/FailedState.tsx';
import { LoadingRows } from '../../elements/LoadingRows.tsx';
import type { EmailQuestion } from '../../email/use-email-question.ts';
import { formatAmount, formatShortMoney } from '../../format/money.ts';
import { formatCount, formatPercent } from '../../format/number.ts';
import type { Column } from '../../table/column.ts';
import { DataTable } from '../../table/DataTable.tsx';
import { ordersSentence } from './orders-sentence.ts';

const words: Record<OrderGroup['group'], { label: string; color: string }> = {
  email: { label: 'A mail led to it', color: 'var(--accent)' },
  other_campaigns: { label: 'A campaign, without a mail', color: 'var(--hue-2)' },
  no_campaign: { label: 'No campaign', color: 'var(--hue-other)' },
};

/** Orders that a mail led to beside all others, of all campaigns. */
export function EmailOrders({ question }: { question: EmailQuestion }) {
  const { currency } = question;
  const orders = useQuery(emailOrdersReport(question));
  const columns = useMemo(() => columnsFor(currency), [currency]);
  const { data, error } = orders;
  if (error !== null) return <FailedState error={error} onRetry={() => void orders.refetch()} />;
  if (data === undefined) return <LoadingRows label="Orders by mail and others" rows={8} />;
  const groups = data.data;
  return (
    <ChartPanel
      title="By mail and otherwise"
      note={ordersSentence(groups, currency)}
      name="email-orders"
      chart={
        groups.every((group) => group.orders === 0) ? (
          <EmptyState title="No orders in this range">
            Here stand the orders that a mail led to beside all others.
          </EmptyState>
        ) : (
          <RankedBars
            label="Revenue by what led to the order"
            bars={groups.map(({ group, revenue, revenue_share }) => ({
              id: group,
              label: words[group].label,
              value: revenue,
              shown: formatShortMoney(revenue, currency),
              note: `${formatPercent(revenue_share)} ·`,
              color: words[group].color,
            }))}
          />
        )
      }
      table={
        <DataTable
          label="Orders by mail and others"
          name="orders-"
          columns={columns}
          rows={groups}
          rowId={({ group }) => group}
          empty="No orders in this range"
          csv="email-orders"
        />
      }
    />
  );
}

function columnsFor(currency: string): Column<OrderGroup>[] {
  return [
    { id: 'group', header: 'Orders', value: ({ group }) => words[group].label },
    {
      id: 'orders',
      header: 'Number',
      numeric: true,
      value: ({ orders }) => orders,
      cell: ({ orders }) => formatCount(orders),
    },
    {
      id: 'order_share',
      header: 'Share',
      definition: 'Of all orders',
      numeric: true,
      value: ({ order_share }) => order_share,
      cell: ({ order_share }) => formatPercent(order_share),
    },
    {
      id: 'revenue',
      header: `Revenue (${currency})`,
      numeric: true,
      value: ({ revenue }) => revenue,
      cell: ({ revenue }) => formatAmount(revenue, currency),
    },
    {
      id: 'revenue_share',
      header: 'Share of revenue',
      numeric: true,
      wide: true,
      value: ({ revenue_share }) => revenue_share,
      cell: ({ revenue_share }) => formatPercent(revenue_share),
    },
    {
      id: 'average_order_value',
      header: `Average order (${currency})`,
      definition: 'Revenue ÷ orders',
      numeric: true,
      value: ({ average_order_value }) => average_order_value,
      cell: ({ average_order_value }) => formatAmount(average_order_value, currency),
    },
  ];
}
