import type { Order } from '../../api/types/order.ts';
import { Facts } from '../../elements/Facts.tsx';
import { TextLink } from '../../elements/links.tsx';
import { Panel } from '../../elements/Panel.tsx';
import { formatMoney } from '../../format/money.ts';
import { formatExactInstant } from '../../format/time.ts';
import { paths } from '../../paths.ts';

/** What the shop told of the order. */
export function OrderFacts({ order, tz }: { order: Order; tz: string }) {
  const { customer, currency } = order;
  const money = (amount: number) => (amount === 0 ? null : formatMoney(amount, currency));
  return (
    <Panel title="Details">
      <Facts
        facts={[
          [
            'Customer',
            customer && (
              <TextLink to={paths.orders} search={{ customer_id: customer.id, range: '12m' }} inherit>
                {customer.name ?? customer.email ?? customer.external_id}
              </TextLink>
            ),
          ],
          ['Shop', order.source],
          ['Known there as', order.external_id],
          ['Received via', order.received_via],
          ['Store', order.store],
          ['Retailer', order.retailer],
          ['Coupon', order.coupon],
          ['Claimed campaign', order.reported_campaign],
          ['Session', order.session_id],
          [
            'UTM',
            order.utm &&
              Object.entries(order.utm)
                .map(([name, value]) => `${name}=${value}`)
                .join(' '),
          ],
          ['Shipping', money(order.shipping)],
          ['Tax', money(order.tax)],
          ['Order discount', money(order.discount)],
          ['Version', order.updated_at && formatExactInstant(order.updated_at, tz)],
          ['Settled', order.settlement.settled_at && formatExactInstant(order.settlement.settled_at, tz)],
        ]}
      />
    </Panel>
  );
}
