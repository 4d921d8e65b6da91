import { conflict, invalid } from '../../vocabulary/errors.ts';
import { contains, later, type Period, without } from '../../vocabulary/period.ts';
import type { CampaignRow, DryRun, History, Status } from '../campaign.ts';
import { effectiveStatus } from '../effective-status.ts';

export type StatusRequest = DryRun & {
  status: Status;
  /** When the change took place; now when absent, never in the future. */
  effective_at?: Date;
  /** Needed for a change that reaches into the past. */
  reason?: string | null;
};

export type StatusPlan = {
  status: Status;
  ended_at: Date | null;
  running_periods: Period[];
};

type Before = Pick<CampaignRow, 'status' | 'starts_at' | 'ends_at' | 'ended_at'> &
  Pick<History, 'running_periods'>;

/**
 * What a change of status does to a campaign's running periods; undefined when it is so already. Nothing is written.
 *
 * The first activation opens one period from `starts_at` to `ends_at`, whatever the present. Pausing and ending cut
 * away everything after the moment; resuming opens the next period. Pausing (or ending) what is paused (or ended)
 * with an earlier `effective_at` corrects the moment.
 *
 * @throws conflict for a transition that does not exist, naming those that do
 * @throws invalid for an `effective_at` in the future, one in the past without a reason, or one that makes no sense
 */
export function planStatusChange(
  campaign: Before,
  request: StatusRequest,
  now: Date,
): StatusPlan | undefined {
  const { effective_at } = request;
  const current = effectiveStatus(campaign, now);
  if (request.status === current && effective_at === undefined) return undefined;
  if (effective_at !== undefined && effective_at > now) {
    throw invalid(
      'effective_at',
      'lies in the future; leave it out to change the status now, and schedule with starts_at and ends_at',
    );
  }
  const plan =
    request.status === current
      ? correctMoment(campaign, current, effective_at ?? now)
      : makeTransition(campaign, current, request.status, effective_at, now);
  if (
    plan !== undefined &&
    effective_at !== undefined &&
    effective_at < now &&
    !request.reason &&
    !request.dry_run
  ) {
    throw invalid(
      'reason',
      'is needed, since effective_at reaches into the past and may move credit; ask with dry_run first to see how much',
    );
  }
  return plan;
}

const next: Record<Status, Status[]> = {
  draft: ['running'],
  running: ['paused', 'ended'],
  paused: ['running', 'ended'],
  ended: [],
};

function makeTransition(
  campaign: Before,
  current: Status,
  wanted: Status,
  effectiveAt: Date | undefined,
  now: Date,
): StatusPlan {
  if (!next[current].includes(wanted)) throw refusedTransition(campaign, current, wanted);
  const moment = effectiveAt ?? now;
  switch (wanted) {
    case 'running':
      return {
        status: 'running',
        ended_at: null,
        running_periods:
          current === 'draft' ? [firstPeriod(campaign, effectiveAt)] : resumed(campaign, effectiveAt, now),
      };
    case 'ended':
      return { status: 'ended', ended_at: moment, running_periods: cut(campaign, moment) };
    default:
      return { status: wanted, ended_at: null, running_periods: cut(campaign, moment) };
  }
}

function firstPeriod({ starts_at, ends_at }: Before, effectiveAt: Date | undefined): Period {
  const from = effectiveAt === undefined ? starts_at : later(effectiveAt, starts_at);
  if (ends_at !== null && from >= ends_at) {
    throw invalid(
      'effective_at',
      `must be before the campaign's ends_at, ${ends_at.toISOString()}, or it never ran`,
    );
  }
  return { from, to: ends_at };
}

function resumed(
  { starts_at, ends_at, running_periods }: Before,
  effectiveAt: Date | undefined,
  now: Date,
): Period[] {
  const lastEnd = running_periods.at(-1)?.to;
  if (effectiveAt !== undefined && lastEnd && effectiveAt < lastEnd) {
    throw invalid(
      'effective_at',
      `must not be before ${lastEnd.toISOString()}, until when the campaign was running`,
    );
  }
  const from = later(later(effectiveAt ?? now, starts_at), lastEnd ?? starts_at);
  return [...running_periods, { from, to: ends_at }];
}

function correctMoment(campaign: Before, current: Status, moment: Date): StatusPlan | undefined {
  if (current === 'running' || current === 'draft') {
    if (current === 'draft' || campaign.running_periods.some((period) => contains(period, moment)))
      return undefined;
    throw conflict(
      'It is running already, but was not at effective_at. To have it run earlier, move starts_at, or pause it and resume it with that effective_at.',
    );
  }
  const running_periods = cut(campaign, moment);
  if (JSON.stringify(running_periods) === JSON.stringify(campaign.running_periods)) return undefined;
  return { status: current, ended_at: current === 'ended' ? moment : null, running_periods };
}

function cut({ running_periods }: Before, moment: Date): Period[] {
  return without(running_periods, { from: moment, to: null });
}

function refusedTransition({ status, ends_at }: Before, current: Status, wanted: Status) {
  const allowed = next[current];
  const remedy =
    allowed.length > 0
      ? `From ${current} it can become ${allowed.join(' or ')}.`
      : status === 'ended'
        ? 'An ended campaign stays ended: create a new one.'
        : `It ended by its ends_at, ${ends_at?.toISOString()}. To let it run on, move ends_at, with a reason.`;
  const path = 'status';
  return conflict(`A campaign that is ${current} cannot become ${wanted}. ${remedy}`, [
    { path, message: allowed.length > 0 ? `must be ${allowed.join(' or ')}` : 'cannot be changed any more' },
  ]);
}
