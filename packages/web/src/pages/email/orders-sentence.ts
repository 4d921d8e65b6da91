import type { OrderGroup } from '../../api/types/email.ts';
import { formatMoney } from '../../format/money.ts';
import { formatCount } from '../../format/number.ts';

/** "A mail led to 12 orders of €90.00 on average, the others are of €45.50." */
export function ordersSentence(groups: OrderGroup[], currency: string): string | undefined {
  const mailed = groups.find(({ group }) => group === 'email');
  const others = groups.filter(({ group, orders }) => group !== 'email' && orders > 0);
  if (mailed === undefined || mailed.average_order_value === null) return undefined;
  const orders = `${formatCount(mailed.orders)} ${mailed.orders === 1 ? 'order' : 'orders'}`;
  const [only] = others;
  const beside =
    others.length === 1 && only !== undefined
      ? `; all others are of ${formatMoney(only.average_order_value, currency)}`
      : '';
  return `A mail led to ${orders} of ${formatMoney(mailed.average_order_value, currency)} on average${beside}.`;
}
