import { keptVersions } from '../attribution/index.ts';
import { type Database, settlementBatch } from '../database/index.ts';
import { groupBy } from '../vocabulary/group-by.ts';
import type { Hypothesis, PreviewReach, Reach } from '../vocabulary/reach.ts';
import { findReachedOrders } from './find-reached-orders.ts';
import { addMovement, type Movement } from './movement.ts';
import { previewOrders } from './settle-orders.ts';

/** Answers what a change of a campaign's history would move among past sales: the settlement itself, short of posting. */
export function previewReach(db: Database): PreviewReach {
  return async (hypothesis: Hypothesis, span) => {
    const movement: Movement = new Map();
    let orders = 0;
    for await (const orderIds of findReachedOrders(db, span, settlementBatch)) {
      const settlements = await previewOrders(db, orderIds, { cause: 'preview', hypothesis });
      for (const settlement of settlements) {
        if (settlement.differences.length > 0) orders += 1;
        addMovement(movement, settlement);
      }
    }
    return { orders, moved: await byModel(db, movement) };
  };
}

async function byModel(db: Database, movement: Movement): Promise<Reach['moved']> {
  const models = new Map((await keptVersions(db)).map(({ id, model }) => [id, model]));
  const moved = [...movement.values()].filter(({ moved_minor }) => moved_minor > 0n);
  return [...groupBy(moved, (row) => `${row.model_version_id}|${row.currency}`).values()].map((rows) => ({
    model: models.get(rows[0]!.model_version_id)!,
    currency: rows[0]!.currency,
    revenue_minor: rows.reduce((sum, row) => sum + row.moved_minor, 0n),
    campaigns: rows.map(({ campaign_id, before_minor, after_minor }) => ({
      campaign_id,
      before_minor,
      after_minor,
    })),
  }));
}
