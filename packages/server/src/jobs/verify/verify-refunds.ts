import type { Database } from '../../database/index.ts';
import { findWrongRefundTotals } from '../../orders/index.ts';
import type { DifferenceList } from './difference.ts';

/** Compares what is kept as given back of each refunded order with what its refunds come to. */
export async function verifyRefunds(db: Database, found: DifferenceList): Promise<void> {
  for await (const { order_id, stored, expected } of findWrongRefundTotals(db)) {
    const message = `its refunds come to ${expected} minor units, and ${stored} is kept`;
    found.add({ kind: 'refunds', order_id, message });
  }
}
