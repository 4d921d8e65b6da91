import { isDeepStrictEqual } from 'node:util';
import { type Database, enqueue, inTransaction, isUniqueViolation } from '../database/index.ts';
import { writeAudit } from '../people/index.ts';
import { applyChange } from './apply-change.ts';
import {
  type Campaign,
  type CampaignRow,
  changeCampaign,
  type History,
  type PreviewContext,
  readCampaign,
} from './campaign.ts';
import type { CampaignChange } from './campaign-fields.ts';
import { claimedWords } from './claimed-words.ts';
import { planDateChange } from './lifecycle/plan-date-change.ts';
import { type Preview, previewChange } from './lifecycle/preview-change.ts';
import { writeHistory } from './lifecycle/write-history.ts';
import { lockTree, refuseCycle, treesOf } from './move-campaign.ts';
import { campaignFields, historyJson, jsonColumns } from './show-campaign.ts';
import { refuseTakenCode, takenCode } from './taken-code.ts';

/**
 * Changes the fields that are given and audits what really changed. Moved dates change the campaign's history as
 * planned by `planDateChange`, and leave the sales they reach to be settled; a new parent or platform leaves sums to
 * be rebuilt. With `dry_run` it answers what the dates would move.
 *
 * @returns a preview for a dry run, else undefined
 * @throws not_found
 * @throws invalid for a cycle or unknown parent, dates that make no sense, a missing reason, an amount too fine
 * @throws conflict for a tracking code in use, or another currency once there is spend
 */
export async function updateCampaign(
  context: PreviewContext,
  id: string,
  change: CampaignChange,
): Promise<Preview | undefined> {
  if (change.dry_run) {
    const campaign = await readCampaign(context.db, id);
    const { history } = await planUpdate(context.db, campaign, change, context.clock.now());
    return previewChange(context.previewReach, campaign, history);
  }
  const makeUpdate = (db: Database) =>
    changeCampaign({ ...context, db }, id, async (tx, campaign, now) => {
      const { after, history } = await planUpdate(tx, campaign, change, now);
      await writeUpdate(tx, campaign, after, history, {
        actor: context.actor.name,
        reason: change.reason,
        now,
        visit_window_days: context.settings.visitWindowDays,
      });
    });
  try {
    await inTransaction(context.db, async (tx) => {
      if (change.parent_campaign_id !== undefined) await lockTree(tx);
      await makeUpdate(tx);
    });
  } catch (error) {
    if (change.tracking_code === undefined || !isUniqueViolation(error)) throw error;
    throw takenCode(change.tracking_code);
  }
  return undefined;
}

async function planUpdate(
  db: Database,
  campaign: Campaign,
  change: CampaignChange,
  now: Date,
): Promise<{ after: CampaignRow; history: History }> {
  const { starts_at, ends_at, ...history } = planDateChange(campaign, change, now);
  const spend = await db
    .selectFrom('campaign_spend')
    .select('id')
    .where('campaign_id', '=', campaign.id)
    .limit(1)
    .execute();
  if (change.parent_campaign_id) await refuseCycle(db, campaign.id, change.parent_campaign_id);
  if (change.tracking_code !== undefined) await refuseTakenCode(db, change.tracking_code, campaign.id);
  const { running_periods: _, targets: __, ...row } = campaign;
  return { after: applyChange(row, change, { starts_at, ends_at }, spend.length > 0), history };
}

async function writeUpdate(
  tx: Database,
  campaign: Campaign,
  after: CampaignRow,
  history: History,
  {
    actor,
    reason,
    now,
    visit_window_days,
  }: { actor: string; reason?: string | null; now: Date; visit_window_days: number },
): Promise<void> {
  const was = { ...campaignFields(campaign, now), ...historyJson(campaign, history) };
  const is = { ...campaignFields(after, now), ...historyJson(history, campaign) };
  const changed = (Object.keys(was) as (keyof typeof was)[]).filter(
    (key) => !isDeepStrictEqual(was[key], is[key]),
  );
  if (changed.length === 0) return;

  const { id, created_at: _, created_by: __, ...columns } = after;
  await tx
    .updateTable('campaigns')
    .set({ ...columns, ...jsonColumns(after), updated_by: actor, updated_at: now })
    .where('id', '=', id)
    .execute();
  await writeHistory(tx, campaign, history, `campaign ${after.tracking_code} was moved in time`);
  await rebuildSums(tx, campaign, after);
  if (changed.includes('tracking_code')) {
    await enqueue(tx, 'claim-clicks', { tracking_code: after.tracking_code, visit_window_days });
  }
  const words = [...new Set([...claimedWords(campaign), ...claimedWords(after)])];
  if (words.length > claimedWords(campaign).length) {
    await enqueue(tx, 'settle-claims', { words, cause: `campaign ${after.tracking_code} was renamed` });
  }
  await writeAudit(tx, {
    actor,
    action: 'campaign.update',
    subject_kind: 'campaign',
    subject_id: id,
    before: Object.fromEntries(changed.map((key) => [key, was[key]])),
    after: Object.fromEntries(changed.map((key) => [key, is[key]])),
    reason,
    at: now,
  });
}

// Credit is summed by today's tree and platform, also what was posted under yesterday's.
async function rebuildSums(tx: Database, before: CampaignRow, after: CampaignRow): Promise<void> {
  const moves = before.parent_campaign_id !== after.parent_campaign_id;
  const platforms = before.platform === after.platform ? [] : [before.platform, after.platform];
  if (!moves && platforms.length === 0) return;
  const campaign_ids = moves ? await treesOf(tx, [before.parent_campaign_id, after.parent_campaign_id]) : [];
  await enqueue(tx, 'rebuild-tree', { campaign_ids, platforms });
}
