import { sql } from 'kysely';
import { type Database, enqueue } from '../../database/index.ts';
import { mintId } from '../../vocabulary/ids.ts';
import { type Period, toRange } from '../../vocabulary/period.ts';
import type { Campaign, History, Target } from '../campaign.ts';
import { reachedSpan } from './reached-span.ts';

/**
 * Writes what a plan made of a campaign's history, and leaves the sales that it can touch to be settled again: past
 * ones, and those recorded meanwhile. The caller holds the campaign's row. New targets are written by their verb.
 */
export async function writeHistory(
  tx: Database,
  campaign: Campaign,
  after: History,
  cause: string,
): Promise<void> {
  await writeRunningPeriods(tx, campaign, after.running_periods);
  await writeTargetPeriods(tx, campaign.targets, after.targets);
  await settleReached(tx, campaign, after, cause);
}

/** Leaves the sales a change of history can touch to be settled again, however many: a job looks them up. */
export async function settleReached(
  tx: Database,
  before: History,
  after: History,
  cause: string,
): Promise<void> {
  const span = reachedSpan(before, after);
  if (span === undefined) return;
  await enqueue(tx, 'settle-reached', {
    from: span.from.toISOString(),
    to: span.to?.toISOString() ?? null,
    product_ids: span.product_ids,
    cause,
  });
}

// Periods have no identity of their own: those that are gone are deleted first, so that none overlaps on the way.
async function writeRunningPeriods(
  tx: Database,
  { id, running_periods }: Campaign,
  after: Period[],
): Promise<void> {
  const now = after.map(toRange);
  const then = running_periods.map(toRange);
  const gone = then.filter((range) => !now.includes(range));
  const added = now.filter((range) => !then.includes(range));
  if (gone.length > 0) {
    await tx
      .deleteFrom('campaign_running_periods')
      .where('campaign_id', '=', id)
      .where('period', '=', sql<string>`any(${gone}::tstzrange[])`)
      .execute();
  }
  if (added.length > 0) {
    await tx
      .insertInto('campaign_running_periods')
      .values(added.map((period) => ({ id: mintId(), campaign_id: id, period })))
      .execute();
  }
}

async function writeTargetPeriods(tx: Database, before: Target[], after: Target[]): Promise<void> {
  const kept = new Map(after.map((target) => [target.id, target]));
  const gone = before.filter(({ id }) => !kept.has(id)).map(({ id }) => id);
  const moved = before.flatMap((target) => {
    const now = kept.get(target.id);
    return now === undefined || toRange(now.period) === toRange(target.period) ? [] : [now];
  });
  if (gone.length > 0) {
    await tx.deleteFrom('campaign_targets').where('id', '=', sql<string>`any(${gone}::uuid[])`).execute();
  }
  if (moved.length > 0) {
    const ids = moved.map(({ id }) => id);
    const periods = moved.map(({ period }) => toRange(period));
    await sql`
      update campaign_targets set period = moved.period
      from unnest(${ids}::uuid[], ${periods}::tstzrange[]) as moved (id, period)
      where campaign_targets.id = moved.id`.execute(tx);
  }
}
