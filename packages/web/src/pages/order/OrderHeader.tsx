import { Group } from '@mantine/core';
import type { Order } from '../../api/types/order.ts';
import { TextLink } from '../../elements/links.tsx';
import { PageHeader } from '../../elements/PageHeader.tsx';
import { StatusBadge } from '../../elements/StatusBadge.tsx';
import { formatMoney } from '../../format/money.ts';
import { formatExactInstant } from '../../format/time.ts';
import { paths } from '../../paths.ts';
import { useMay } from '../../session/use-session.ts';
import { RecomputeButton } from './RecomputeButton.tsx';

const settlementWords: Record<Order['settlement']['status'], string> = {
  settled: 'credit is settled',
  pending: 'credit is being settled…',
  failed: 'settling failed',
  off: 'attribution is switched off',
};

export function OrderHeader({ order, tz }: { order: Order; tz: string }) {
  const mayRecompute = useMay('operations:write');
  return (
    <PageHeader
      title={`Order ${order.order_number ?? order.external_id}`}
      above={
        <TextLink to={paths.orders} size="sm">
          Orders
        </TextLink>
      }
      actions={mayRecompute && <RecomputeButton orderId={order.id} />}
    >
      <Group gap="4px 12px">
        <StatusBadge status={order.status} />
        <span>{formatExactInstant(order.ordered_at, tz)}</span>
        <span>{formatMoney(order.total, order.currency)}</span>
        {order.refunded !== 0 && (
          <span>
            {formatMoney(order.refunded, order.currency)} refunded,{' '}
            {formatMoney(order.net_total, order.currency)} left
          </span>
        )}
        <span role="status">{settlementWords[order.settlement.status]}</span>
      </Group>
    </PageHeader>
  );
}
