import type { Database } from '../../database/index.ts';
import { writeAudit } from '../../people/index.ts';
import {
  type Campaign,
  type CampaignContext,
  changeCampaign,
  type PreviewContext,
  readCampaign,
} from '../campaign.ts';
import { effectiveStatus } from '../effective-status.ts';
import { periodJson } from '../show-campaign.ts';
import { planStatusChange, type StatusPlan, type StatusRequest } from './plan-status-change.ts';
import { type Preview, previewChange } from './preview-change.ts';
import { writeHistory } from './write-history.ts';

/**
 * Changes a campaign's status, as planned by `planStatusChange`, audits it and leaves the sales it reaches to be
 * settled. Asked for what is so already it changes nothing. With `dry_run` it answers what would move.
 *
 * @returns a preview for a dry run, else undefined
 * @throws not_found, and what the plan refuses
 */
export async function changeStatus(
  context: PreviewContext,
  id: string,
  request: StatusRequest,
): Promise<Preview | undefined> {
  if (request.dry_run) {
    const campaign = await readCampaign(context.db, id);
    const plan = planStatusChange(campaign, request, context.clock.now());
    return previewChange(context.previewReach, campaign, { ...campaign, ...plan });
  }
  await changeCampaign(context, id, async (tx, campaign, now) => {
    const plan = planStatusChange(campaign, request, now);
    if (plan !== undefined) await writeStatusChange(tx, campaign, plan, { context, request, now });
  });
  return undefined;
}

/** Writes a planned change of status; the caller holds the campaign's row. */
export async function writeStatusChange(
  tx: Database,
  campaign: Campaign,
  plan: StatusPlan,
  { context, request, now }: { context: Pick<CampaignContext, 'actor'>; request: StatusRequest; now: Date },
): Promise<void> {
  const actor = context.actor.name;
  await tx
    .updateTable('campaigns')
    .set({ status: plan.status, ended_at: plan.ended_at, updated_by: actor, updated_at: now })
    .where('id', '=', campaign.id)
    .execute();
  const cause = `campaign ${campaign.tracking_code} became ${plan.status}`;
  await writeHistory(tx, campaign, { ...campaign, running_periods: plan.running_periods }, cause);
  await writeAudit(tx, {
    actor,
    action: 'campaign.status',
    subject_kind: 'campaign',
    subject_id: campaign.id,
    before: {
      status: effectiveStatus(campaign, now),
      running_periods: campaign.running_periods.map(periodJson),
    },
    after: {
      status: effectiveStatus({ ...campaign, status: plan.status }, now),
      running_periods: plan.running_periods.map(periodJson),
      ...(request.effective_at === undefined ? {} : { effective_at: request.effective_at.toISOString() }),
    },
    reason: request.reason,
    at: now,
  });
}
