import { contains, type Period } from '../vocabulary/period.ts';

/** Why a campaign did or did not match a sale, as a code for machines and a sentence for people. */
export type Verdict = { code: VerdictCode; sentence: string };
export type VerdictCode =
  | 'matched'
  | 'never_started'
  | 'not_yet_running'
  | 'paused'
  | 'ended'
  | 'not_yet_targeted'
  | 'target_removed';

/** What is known of a campaign besides its periods. */
export type CampaignState = { status: string; ended_at: Date | null; ends_at: Date | null };

/**
 * Judges one campaign for a sale at `saleTime`: by its running periods and by its targets of the product sold.
 *
 * @returns every reason against it, or the one for it; never empty
 */
export function whyNot(
  campaign: CampaignState & { running_periods: Period[]; targets: { period: Period }[] },
  saleTime: Date,
): Verdict[] {
  const running = campaign.running_periods.find((period) => contains(period, saleTime));
  const targets = campaign.targets.map(({ period }) => period);
  const target = targets.find((period) => contains(period, saleTime));
  if (running !== undefined && target !== undefined) {
    return [
      {
        code: 'matched',
        sentence: `It ran ${spanText(running)} and targeted the product ${spanText(target)}.`,
      },
    ];
  }
  return [
    ...(running === undefined ? [whyNotRunning(campaign, saleTime)] : []),
    ...(target === undefined ? [whyNotTargeted(targets, saleTime)] : []),
  ];
}

function whyNotRunning(
  { running_periods, ...campaign }: CampaignState & { running_periods: Period[] },
  saleTime: Date,
): Verdict {
  if (running_periods.length === 0) {
    const state = campaign.status === 'draft' ? 'It is a draft: it' : 'It';
    return { code: 'never_started', sentence: `${state} has never run.` };
  }
  const before = running_periods.filter(({ to }) => to !== null && to <= saleTime).at(-1);
  const after = running_periods.find(({ from }) => from > saleTime);
  if (before === undefined) {
    return { code: 'not_yet_running', sentence: `It was not yet running: it ran from ${at(after!.from)}.` };
  }
  const stopped = before.to!;
  if (after !== undefined) {
    return { code: 'paused', sentence: `It was paused from ${at(stopped)} to ${at(after.from)}.` };
  }
  const ended =
    campaign.status === 'ended' ||
    (campaign.ends_at !== null && campaign.ends_at.getTime() === stopped.getTime());
  return ended
    ? { code: 'ended', sentence: endedText(campaign, stopped) }
    : { code: 'paused', sentence: `It has been paused since ${at(stopped)}.` };
}

function endedText({ ended_at, ends_at }: CampaignState, stopped: Date): string {
  const end = ended_at ?? ends_at ?? stopped;
  return end.getTime() === stopped.getTime()
    ? `It had ended: it ran until ${at(stopped)}.`
    : `It had stopped running on ${at(stopped)} and ended on ${at(end)}.`;
}

function whyNotTargeted(targets: Period[], saleTime: Date): Verdict {
  const before = targets.filter(({ to }) => to !== null && to <= saleTime).at(-1);
  const after = targets.find(({ from }) => from > saleTime);
  if (before === undefined) {
    const from = after === undefined ? 'never' : `only from ${at(after.from)}`;
    return { code: 'not_yet_targeted', sentence: `It targeted the product ${from}.` };
  }
  const again = after === undefined ? '' : `, and targeted again from ${at(after.from)}`;
  return {
    code: 'target_removed',
    sentence: `The product was removed from its targets on ${at(before.to!)}${again}.`,
  };
}

function spanText({ from, to }: Period): string {
  return to === null ? `from ${at(from)} on` : `from ${at(from)} until ${at(to)}`;
}

function at(instant: Date): string {
  return instant.toISOString().replace('.000Z', 'Z');
}
