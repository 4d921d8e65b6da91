import { invalid, notFound } from '../../vocabulary/errors.ts';
import type { CampaignRow, DryRun, History, Target } from '../campaign.ts';

export type RemovalRequest = DryRun & {
  /** When the campaign stopped promoting the product; now when absent, never in the future. */
  effective_at?: Date;
  /** Needed when `effective_at` lies in the past of an activated campaign. */
  reason?: string | null;
};

export type RemovalPlan = {
  /** `closed`: its period ends · `withdrawn`: it never began, and is gone · `unchanged`: it was closed already. */
  outcome: 'closed' | 'withdrawn' | 'unchanged';
  /** The target as it is afterwards, or was before it was withdrawn. */
  target: Target;
  /** All targets afterwards. */
  targets: Target[];
};

/**
 * What removing a target does to it. Nothing is written. One that has not begun is withdrawn; so is a draft's, which
 * has never counted.
 *
 * @throws not_found
 * @throws invalid for an `effective_at` in the future, or in the past without a reason
 */
export function planRemovedTarget(
  { status, targets }: Pick<CampaignRow, 'status'> & Pick<History, 'targets'>,
  targetId: string,
  { effective_at, reason, dry_run }: RemovalRequest,
  now: Date,
): RemovalPlan {
  const target = targets.find(({ id }) => id === targetId);
  if (target === undefined) throw notFound('target of this campaign', targetId);
  if (effective_at !== undefined && effective_at > now) {
    throw invalid('effective_at', 'lies in the future; leave it out to remove the product now');
  }
  const moment = effective_at ?? now;
  const { from, to } = target.period;
  if (to !== null && to <= moment) return { outcome: 'unchanged', target, targets };
  const isDraft = status === 'draft';
  if (effective_at !== undefined && effective_at < now && !isDraft && !reason && !dry_run) {
    throw invalid(
      'reason',
      'is needed, since effective_at reaches into the past and may move credit; ask with dry_run first to see how much',
    );
  }
  if (from >= moment || (isDraft && effective_at === undefined)) {
    return { outcome: 'withdrawn', target, targets: targets.filter((other) => other !== target) };
  }
  const closed = { ...target, period: { from, to: moment } };
  return {
    outcome: 'closed',
    target: closed,
    targets: targets.map((other) => (other === target ? closed : other)),
  };
}
