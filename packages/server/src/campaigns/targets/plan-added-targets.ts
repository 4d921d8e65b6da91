import { conflict, type FieldFault, invalid } from '../../vocabulary/errors.ts';
import { groupBy } from '../../vocabulary/group-by.ts';
import { later, type Period } from '../../vocabulary/period.ts';
import type { CampaignRow, DryRun, History, Target } from '../campaign.ts';
import { effectiveStatus } from '../effective-status.ts';

/** A product as it was named in the request: `path` is where (`external_ids.3`). */
export type NamedProduct = { path: string; id: string };

export type TargetRequest = DryRun & {
  /** When the campaign begins to promote the products; `starts_at` for a draft, else now (or `starts_at`, if later). */
  effective_from?: Date;
  effective_to?: Date | null;
  /** Needed when an activated campaign's target begins in the past. */
  reason?: string | null;
};

export type AddedTargets = {
  added: Omit<Target, 'id'>[];
  /** Products that are targeted already, by which target and why that is enough. */
  skipped: { product_id: string; target_id: string; reason: string }[];
};

/**
 * Which targets adding these products makes, and which they have already. Nothing is written.
 *
 * @throws conflict when the campaign has ended, or an earlier, closed period of a product overlaps the new one
 * @throws invalid for a period before `starts_at`, one that ends before it begins, or a missing reason
 */
export function planAddedTargets(
  campaign: Pick<CampaignRow, 'status' | 'starts_at' | 'ends_at'> & Pick<History, 'targets'>,
  products: NamedProduct[],
  request: TargetRequest,
  now: Date,
): AddedTargets {
  const status = effectiveStatus(campaign, now);
  if (status === 'ended') {
    const remedy =
      campaign.status === 'ended'
        ? 'create a new campaign'
        : 'move its ends_at first, or create a new campaign';
    throw conflict(`The campaign has ended and can target nothing more; ${remedy}.`);
  }
  const period = periodAsked(campaign, request, now);
  const targetsOf = groupBy(campaign.targets, ({ product_id }) => product_id);
  const plan: AddedTargets = { added: [], skipped: [] };
  const faults: FieldFault[] = [];
  for (const { path, id } of onceEach(products)) {
    const overlapping = (targetsOf.get(id) ?? []).filter((target) => overlap(target.period, period));
    const inForce = overlapping.find(({ period: { to } }) => to === null || to > now);
    if (inForce !== undefined) {
      plan.skipped.push({
        product_id: id,
        target_id: inForce.id,
        reason: alreadyTargeted(inForce.period, period),
      });
    } else if (overlapping.length > 0) {
      faults.push({ path, message: overlapsClosed(overlapping) });
    } else {
      plan.added.push({ product_id: id, period });
    }
  }
  if (faults.length > 0) {
    throw conflict('The new period overlaps one that is closed already; nothing was added.', faults);
  }
  const reachesPast = plan.added.length > 0 && status !== 'draft' && period.from < now;
  if (reachesPast && !request.reason && !request.dry_run) {
    throw invalid(
      'reason',
      'is needed, since effective_from reaches into the past and may move credit; ask with dry_run first to see how much',
    );
  }
  return plan;
}

function periodAsked(
  { status, starts_at }: Pick<CampaignRow, 'status' | 'starts_at'>,
  request: TargetRequest,
  now: Date,
): Period {
  const from = request.effective_from ?? (status === 'draft' ? starts_at : later(now, starts_at));
  const to = request.effective_to ?? null;
  if (from < starts_at) {
    throw invalid(
      'effective_from',
      `must not be before the campaign's starts_at, ${starts_at.toISOString()}; move that first, or leave effective_from out`,
    );
  }
  if (to !== null && to <= from) {
    throw invalid('effective_to', `must be after ${from.toISOString()}, when the target begins`);
  }
  return { from, to };
}

function overlap(a: Period, b: Period): boolean {
  return (b.to === null || a.from < b.to) && (a.to === null || b.from < a.to);
}

function alreadyTargeted(held: Period, asked: Period): string {
  const since = `is targeted already from ${held.from.toISOString()}`;
  const until = held.to === null ? '' : ` until ${held.to.toISOString()}`;
  const earlier =
    asked.from < held.from
      ? `; to target it before that too, add it with effective_to ${held.from.toISOString()}`
      : '';
  return since + until + earlier;
}

function overlapsClosed(targets: Target[]): string {
  const periods = targets.map(
    ({ id, period: { from, to } }) => `${from.toISOString()} to ${to?.toISOString()} (target ${id})`,
  );
  const last = targets.at(-1)!.period.to!;
  return `was targeted from ${periods.join(' and from ')}; choose an effective_from not before ${last.toISOString()}, or an effective_to before that period`;
}

function onceEach(products: NamedProduct[]): NamedProduct[] {
  return [...new Map([...products].reverse().map((product) => [product.id, product])).values()].reverse();
}
