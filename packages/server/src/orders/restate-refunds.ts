import { sql } from 'kysely';
import type { Database } from '../database/index.ts';
import { currencyDecimals } from '../vocabulary/money.ts';
import type { DecidedOrder } from './decide-order.ts';

/**
 * Keeps the decimal amounts of refunds when their order turns out to be in another currency: 30 that were euros (3000
 * cents) are 30 yen. What is finer than the new currency is rounded half away from zero.
 */
export async function restateRefunds(tx: Database, decided: DecidedOrder[]): Promise<void> {
  for (const { id, order, currencyBefore } of decided) {
    if (order === undefined || currencyBefore === undefined) continue;
    const shift = (currencyDecimals(order.currency) ?? 2) - (currencyDecimals(currencyBefore) ?? 2);
    if (shift === 0) continue;
    const restated = (column: string) =>
      sql<bigint | null>`round(${sql.ref(column)} * 10 ^ ${shift}::numeric)`;
    await tx
      .updateTable('refunds')
      .set({
        amount_minor: restated('amount_minor'),
        shipping_minor: restated('shipping_minor'),
        tax_minor: restated('tax_minor'),
      })
      .where('order_id', '=', id)
      .execute();
    await tx
      .updateTable('refund_lines')
      .set({ amount_minor: restated('amount_minor') })
      .where('order_id', '=', id)
      .execute();
  }
}
