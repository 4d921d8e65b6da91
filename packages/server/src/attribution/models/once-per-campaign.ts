import type { EligibleTouch } from './eligible-touches.ts';

/**
 * Weighs each campaign of a path once, however often it was touched: its touches have equal parts of it. Where all of
 * them weigh nothing, they weigh the same: a path that converted was worth something.
 */
export function oncePerCampaign(path: EligibleTouch[], weightOf: (campaignId: string) => bigint): bigint[] {
  const touches = new Map<string, bigint>();
  for (const { campaign_id } of path) touches.set(campaign_id, (touches.get(campaign_id) ?? 0n) + 1n);
  const isWorthNothing = [...touches.keys()].every((id) => weightOf(id) === 0n);
  // A multiple of every number of touches, so that each part is whole.
  const whole = [...touches.values()].reduce((product, count) => product * count, 1n);
  return path.map(({ campaign_id }) => {
    const weight = isWorthNothing ? 1n : weightOf(campaign_id);
    return (weight * whole) / touches.get(campaign_id)!;
  });
}
