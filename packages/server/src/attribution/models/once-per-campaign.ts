import type { EligibleTouch } from './eligible-touches.ts';

/**
 * Weighs each campaign of a path once, at its first touch. Where all of them weigh nothing, they weigh the same: a path
 * that converted was worth something.
 */
export function oncePerCampaign(path: EligibleTouch[], weightOf: (campaignId: string) => bigint): bigint[] {
  const seen = new Set<string>();
  const isFirst = path.map(({ campaign_id }) => !seen.has(campaign_id) && seen.add(campaign_id).size > 0);
  const weights = path.map(({ campaign_id }, place) => (isFirst[place] ? weightOf(campaign_id) : 0n));
  return weights.some((weight) => weight > 0n) ? weights : isFirst.map((first) => (first ? 1n : 0n));
}
