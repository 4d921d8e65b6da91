import { invalid } from '../../vocabulary/errors.ts';
import { earlier, later, type Period } from '../../vocabulary/period.ts';
import type { CampaignRow, DryRun, History, Target } from '../campaign.ts';

export type DateRequest = DryRun & {
  starts_at?: Date;
  ends_at?: Date | null;
  /** Needed once the campaign has been activated, when an old or new date lies in the past. */
  reason?: string | null;
};

export type DatePlan = Pick<CampaignRow, 'starts_at' | 'ends_at'> & History;

type Before = Pick<CampaignRow, 'status' | 'starts_at' | 'ends_at'> & History;

/**
 * What moving `starts_at` or `ends_at` does to a campaign's history. Nothing is written.
 *
 * A period or target that began at the old start follows it, one that would begin before the new start is cut to it;
 * a target that would be nothing is gone. The open period of a running campaign ends where the campaign does; one
 * closed by a pause never grows. While it is a draft dates are free.
 *
 * @throws invalid when the end is not after the start, when a running period would be nothing, or for a missing reason
 */
export function planDateChange(campaign: Before, request: DateRequest, now: Date): DatePlan {
  const { starts_at = campaign.starts_at, ends_at = campaign.ends_at } = request;
  const startMoves = starts_at.getTime() !== campaign.starts_at.getTime();
  const endMoves = ends_at?.getTime() !== campaign.ends_at?.getTime();
  if (!startMoves && !endMoves) return { ...historyOf(campaign), starts_at, ends_at };
  if (ends_at !== null && ends_at <= starts_at) {
    throw request.ends_at
      ? invalid('ends_at', `must be after the campaign's starts_at, ${starts_at.toISOString()}`)
      : invalid('starts_at', `must be before the campaign's ends_at, ${ends_at.toISOString()}`);
  }
  const running_periods = moveRunningPeriods(campaign, { starts_at, ends_at });
  if (!request.dry_run) refuseMissingReason(campaign, { starts_at, ends_at }, request.reason, now);
  const targets = startMoves ? moveTargets(campaign, starts_at) : campaign.targets;
  return { starts_at, ends_at, running_periods, targets };
}

type Dates = Pick<CampaignRow, 'starts_at' | 'ends_at'>;

function moveRunningPeriods(campaign: Before, { starts_at, ends_at }: Dates): Period[] {
  const { running_periods, status } = campaign;
  return running_periods.map((period, place) => {
    const from = moveStart(period.from, campaign.starts_at, starts_at);
    const isOpen = status === 'running' && place === running_periods.length - 1;
    const to = isOpen ? ends_at : earlier(period.to, ends_at);
    if (to === null || from < to) return { from, to };
    if (from > period.from) {
      throw invalid(
        'starts_at',
        `must be before ${to.toISOString()}, until when the campaign ran; to take that period back, end it with an effective_at and create a new campaign`,
      );
    }
    throw invalid(
      'ends_at',
      `must be after ${from.toISOString()}, when the campaign's last running period began; to end it before that, end it with an effective_at`,
    );
  });
}

function moveTargets({ targets, starts_at: oldStart }: Before, newStart: Date): Target[] {
  return targets.flatMap((target) => {
    const from = moveStart(target.period.from, oldStart, newStart);
    const { to } = target.period;
    return to === null || from < to ? [{ ...target, period: { from, to } }] : [];
  });
}

function moveStart(from: Date, oldStart: Date, newStart: Date): Date {
  return from.getTime() === oldStart.getTime() ? newStart : later(from, newStart);
}

function refuseMissingReason(
  campaign: Before,
  after: Dates,
  reason: string | null | undefined,
  now: Date,
): void {
  if (campaign.status === 'draft' || reason) return;
  for (const name of ['starts_at', 'ends_at'] as const) {
    const moves = campaign[name]?.getTime() !== after[name]?.getTime();
    const isPast = [campaign[name], after[name]].some((date) => date !== null && date <= now);
    if (moves && isPast) {
      throw invalid(
        'reason',
        `is needed, since moving ${name} reaches into the past and may move credit; ask with dry_run first to see how much`,
      );
    }
  }
}

function historyOf({ running_periods, targets }: History): History {
  return { running_periods, targets };
}
