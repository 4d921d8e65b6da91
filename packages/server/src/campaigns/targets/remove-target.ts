import { writeAudit } from '../../people/index.ts';
import { changeCampaign, type PreviewContext, readCampaign } from '../campaign.ts';
import { type Preview, previewChange } from '../lifecycle/preview-change.ts';
import { writeHistory } from '../lifecycle/write-history.ts';
import { targetPeriodJson } from '../show-campaign.ts';
import { planRemovedTarget, type RemovalPlan, type RemovalRequest } from './plan-removed-target.ts';
import { showTargets, type TargetJson } from './show-targets.ts';

export type RemovedTargetJson = TargetJson & Pick<RemovalPlan, 'outcome'>;

/**
 * Ends a target, as planned by `planRemovedTarget`; sales until then keep their credit. Audited, and the sales it
 * reaches are left to be settled. With `dry_run` it answers what would move.
 *
 * @throws not_found for the campaign or the target, and what the plan refuses
 */
export async function removeTarget(
  context: PreviewContext,
  campaignId: string,
  targetId: string,
  request: RemovalRequest,
): Promise<RemovedTargetJson | Preview> {
  if (request.dry_run) {
    const campaign = await readCampaign(context.db, campaignId);
    const { targets } = planRemovedTarget(campaign, targetId, request, context.clock.now());
    return previewChange(context.previewReach, campaign, { ...campaign, targets });
  }
  return changeCampaign(context, campaignId, async (tx, campaign, now) => {
    const { outcome, target, targets } = planRemovedTarget(campaign, targetId, request, now);
    const actor = context.actor.name;
    if (outcome !== 'unchanged') {
      const before = campaign.targets.find(({ id }) => id === targetId)!;
      const cause = `campaign ${campaign.tracking_code} targets one less`;
      await writeHistory(tx, campaign, { ...campaign, targets }, cause);
      await tx
        .updateTable('campaign_targets')
        .set({ removed_by: actor, removed_at: now })
        .where('id', '=', targetId)
        .execute();
      await writeAudit(tx, {
        actor,
        action: 'campaign.remove_target',
        subject_kind: 'campaign',
        subject_id: campaignId,
        before: { target: targetPeriodJson(before) },
        after: { target: outcome === 'withdrawn' ? null : targetPeriodJson(target) },
        reason: request.reason,
        at: now,
      });
    }
    const [shown] = await showTargets(tx, campaignId, [target], now);
    return { ...shown!, active: false, outcome };
  });
}
