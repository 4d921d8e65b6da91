import { chancesWithout } from './chances-without.ts';
import type { CountedPath } from './counted-path.ts';
import { type Chain, openChain } from './open-chain.ts';

/** What a campaign is worth to the chain. */
export type RemovalEffect = {
  campaign_id: string;
  /** The share of conversions that would be lost without it, 0 to 1. */
  removal_effect: number;
  /** Its part of all conversions, in proportion to the removal effects. */
  conversions: number;
};

export type MarkovResult = {
  order: number;
  states: number;
  /** How many of the paths convert, of those that touched any campaign. */
  conversions: number;
  lapses: number;
  /** 0 to 1; null where there was no path. */
  chance_to_convert: number | null;
  /** Sorted by campaign. */
  effects: RemovalEffect[];
};

/** How often a state was followed by another, or by the end of the path. */
export type Transition = {
  /** The campaigns touched last, the latest last; none at the start. */
  from: string[];
  /** The campaign touched next. */
  to: string | 'conversion' | 'lapse';
  count: number;
  probability: number;
};

/** Learns a Markov chain of some order, 1 to 4, from paths that converted and paths that did not. */
export function learnMarkov(paths: Iterable<CountedPath>, order: number): MarkovResult {
  const chain = openChain(order);
  for (const path of paths) chain.add(path);
  return solveChain(chain);
}

/**
 * The removal effect of every campaign of a chain, and the conversions that fall to it.
 *
 * Without a campaign, whoever would have reached a state that holds it is lost; its removal effect is the share of the
 * chance to convert that is lost with it, and conversions are shared in proportion to the effects. So defined by Anderl,
 * Becker, von Wangenheim and Schumann, "Mapping the customer journey", International Journal of Research in Marketing
 * 33 (2016), and computed so by the R package ChannelAttribution, which simulates what is solved here.
 */
export function solveChain(chain: Chain): MarkovResult {
  const solving = solveStepwise(chain);
  for (let step = solving.next(); ; step = solving.next()) if (step.done) return step.value;
}

/** The same, stopping every few milliseconds; it says how many campaigns are solved. */
export function* solveStepwise(chain: Chain): Generator<number, MarkovResult> {
  const { order, states } = chain;
  const conversions = states.reduce((sum, state) => sum + state.conversions, 0);
  const lapses = states.reduce((sum, state) => sum + state.lapses, 0);
  const campaignIds = [...new Set(states.flatMap(({ campaign_ids }) => campaign_ids))].sort();
  // With nothing removed, a chain converts as often as the paths it was counted from, whatever its order.
  const whole = conversions + lapses === 0 ? null : conversions / (conversions + lapses);
  const without = whole === null ? [] : yield* chancesWithout(chain, campaignIds);
  const effects = campaignIds.map((campaign_id, place) => ({
    campaign_id,
    removal_effect: whole ? Math.min(1, Math.max(0, 1 - without[place]! / whole)) : 0,
  }));
  const sum = effects.reduce((total, { removal_effect }) => total + removal_effect, 0);
  return {
    order,
    states: states.length,
    conversions,
    lapses,
    chance_to_convert: whole,
    effects: effects.map((effect) => ({
      ...effect,
      conversions: sum === 0 ? 0 : (conversions * effect.removal_effect) / sum,
    })),
  };
}

/** The transition matrix of a chain, state by state, as it was counted. */
export function transitionsOf({ states }: Chain): Transition[] {
  return states.flatMap(({ campaign_ids, steps, conversions, lapses }) => {
    const counted = [
      ...[...steps].map(([to, { count }]) => ({ to, count })),
      { to: 'conversion', count: conversions },
      { to: 'lapse', count: lapses },
    ].filter(({ count }) => count > 0);
    const all = counted.reduce((sum, { count }) => sum + count, 0);
    return counted.map(({ to, count }) => ({ from: campaign_ids, to, count, probability: count / all }));
  });
}
