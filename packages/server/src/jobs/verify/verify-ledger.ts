import { sql } from 'kysely';
import { gatherEvidence, keptVersions, type ModelVersion } from '../../attribution/index.ts';
import { type Database, settlementBatch } from '../../database/index.ts';
import { readPosted } from '../../ledger/index.ts';
import { readSettlements, type Settlement } from '../record-settlements.ts';
import { settleOrder } from '../settle-order.ts';
import type { DifferenceList } from './difference.ts';
import type { Waiting } from './read-waiting.ts';

/** Settles every order in thought and reports what would have to be posted: with a sound ledger, nothing. */
export async function verifyLedger(
  db: Database,
  waiting: Waiting,
  found: DifferenceList,
  onProgress: (ordersChecked: number) => void,
): Promise<{ orders_checked: number; pending: number }> {
  const kept = await keptVersions(db);
  let orders_checked = 0;
  let pending = 0;
  for await (const orderIds of allOrders(db)) {
    const gathered = await gatherEvidence(db, orderIds, kept);
    const ledger = await readPosted(db, orderIds);
    const settled = await readSettlements(db, orderIds);
    for (const order of gathered) {
      const last = settled.get(order.order_id);
      if (waiting(order)) pending += 1;
      else if (last === undefined) {
        found.add({
          kind: 'settlement',
          order_id: order.order_id,
          message: 'never settled, and no job waits',
        });
      } else {
        verifyOrder(order, ledger.get(order.order_id)!, last, kept, found);
      }
    }
    orders_checked += orderIds.length;
    onProgress(orders_checked);
  }
  return { orders_checked, pending };
}

function verifyOrder(
  order: Parameters<typeof settleOrder>[0],
  ledger: Parameters<typeof settleOrder>[1],
  last: Settlement,
  kept: ModelVersion[],
  found: DifferenceList,
): void {
  const settling = kept.filter(
    ({ id, status }) => status === 'published' || last.model_version_ids.includes(id),
  );
  const { differences, record } = settleOrder(order, ledger, last, {
    settling,
    kept: settling,
    cause: 'verify',
  });
  for (const difference of differences) {
    found.add({
      kind: 'ledger',
      order_id: difference.order_id,
      line_no: difference.line_no,
      campaign_id: difference.campaign_id,
      model: kept.find(({ id }) => id === difference.model_version_id)!.model,
      currency: difference.currency,
      sale_time: difference.sale_time.toISOString(),
      missing_quantity_e4: String(difference.quantity_e4),
      missing_revenue_minor: String(difference.revenue_minor),
      missing_profit_minor: difference.profit_minor === null ? null : String(difference.profit_minor),
    });
  }
  const productsKept = last.coverage.every(({ lines }) => lines.every(({ length }) => length > 4));
  if (coverageText(record, productsKept) !== coverageText(last, productsKept)) {
    found.add({
      kind: 'coverage',
      order_id: order.order_id,
      message: 'what could be credited differs from what was counted when it was settled',
    });
  }
}

/** Coverages as comparable text: per version, what it counts. Orders settled before products were kept have none. */
function coverageText({ coverage }: Settlement, withProducts: boolean): string {
  return coverage
    .flatMap(({ counted_by, sale_time, currency, lines }) => {
      const counted = withProducts ? lines : lines.map((line) => line.slice(0, 4));
      return counted_by.map((id) => `${id} ${JSON.stringify([sale_time, currency, counted])}`);
    })
    .sort()
    .join('\n');
}

async function* allOrders(db: Database): AsyncGenerator<string[]> {
  let after = '00000000-0000-0000-0000-000000000000';
  while (true) {
    const { rows } = await sql<{ id: string }>`
      select id from orders where id > ${after} order by id limit ${settlementBatch}`.execute(db);
    if (rows.length === 0) return;
    yield rows.map((row) => row.id);
    after = rows.at(-1)!.id;
  }
}
