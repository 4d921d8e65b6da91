import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import { type Difference, firstDifferences } from './difference.ts';
import { readWaiting } from './read-waiting.ts';
import { verifyCustomers } from './verify-customers.ts';
import { verifyEmails } from './verify-emails.ts';
import { verifyLedger } from './verify-ledger.ts';
import { verifyRefunds } from './verify-refunds.ts';
import { verifyRollups } from './verify-rollups.ts';
import { verifyVisits } from './verify-visits.ts';

export type Verification = {
  orders_checked: number;
  rollup_rows_checked: number;
  /** Orders whose settlement is still to come: they are expected to differ, and are not counted as differences. */
  pending: number;
  difference_count: number;
  /** The first of them, each named; `difference_count` counts all. */
  differences: Difference[];
};

/**
 * Recomputes everything from facts, in one snapshot, and compares: the ledger with what each order should be credited
 * with under the versions it was settled by, the rollups with the sum of the ledger, the orders of customers with
 * both, what was given back with the refunds, mails with what was told of them, and sums of visits with the clicks.
 * Takes no lock, so work goes on meanwhile.
 */
export async function verifyInstallation(
  db: Database,
  onProgress: (ordersChecked: number) => void = () => {},
): Promise<Verification> {
  return await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      await sql`set transaction read only`.execute(tx);
      const found = firstDifferences();
      const waiting = await readWaiting(tx);
      const ledger = await verifyLedger(tx, waiting, found, onProgress);
      const rollup_rows_checked = await verifyRollups(tx, found);
      await verifyCustomers(tx, waiting, found);
      await verifyRefunds(tx, found);
      await verifyEmails(tx, found);
      await verifyVisits(tx, found);
      return {
        ...ledger,
        rollup_rows_checked,
        difference_count: found.count(),
        differences: found.kept(),
      };
    });
}
