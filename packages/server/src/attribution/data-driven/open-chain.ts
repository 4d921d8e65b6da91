import type { CountedPath } from './counted-path.ts';

/** The end of a step: the campaign touched next, and how often it was. */
type Step = { to: State; count: number };

/** The campaigns last touched, at most as many as the order of the chain; none at the start. */
export type State = {
  /** Place in `Chain.states`. */
  place: number;
  campaign_ids: string[];
  /** By the campaign touched next. */
  steps: Map<string, Step>;
  /** How often a path ended here in a conversion, and how often in none. */
  conversions: number;
  lapses: number;
};

/** How often each state of a Markov chain was followed by each other. */
export type Chain = {
  order: number;
  /** In the order in which they were first reached; the start comes first. */
  states: State[];
  add(path: CountedPath): void;
};

/** How many touches back a chain may remember. */
export const mostOrder = 4;

/**
 * Opens a Markov chain to be fed with paths, one after the other: it grows with the distinct states, not with the paths.
 *
 * A state of order k is the last k campaigns touched. A path that is shorter, or has only begun, stands in a state of
 * what it has touched so far; since that state is reached from the start in one way only, the chain is the same as one
 * that steps from the start to the first k campaigns at once.
 *
 * @param order how many touches back the next one may depend on, 1 to 4
 */
export function openChain(order: number): Chain {
  if (!Number.isInteger(order) || order < 1 || order > mostOrder) {
    throw new RangeError(`The order of a chain is a whole number from 1 to ${mostOrder}, not ${order}.`);
  }
  const states: State[] = [];
  const byCampaigns = new Map<string, State>();
  const stateOf = (campaign_ids: string[]): State => {
    const key = campaign_ids.join('\n');
    const known = byCampaigns.get(key);
    if (known !== undefined) return known;
    const state = { place: states.length, campaign_ids, steps: new Map(), conversions: 0, lapses: 0 };
    byCampaigns.set(key, state);
    states.push(state);
    return state;
  };
  const start = stateOf([]);

  return {
    order,
    states,
    add({ campaign_ids, conversions, lapses }) {
      const count = conversions + lapses;
      if (count === 0 || campaign_ids.length === 0) return;
      let state = start;
      for (const campaign_id of campaign_ids) {
        let step = state.steps.get(campaign_id);
        if (step === undefined) {
          const touched = [...state.campaign_ids, campaign_id].slice(-order);
          step = { to: stateOf(touched), count: 0 };
          state.steps.set(campaign_id, step);
        }
        step.count += count;
        state = step.to;
      }
      state.conversions += conversions;
      state.lapses += lapses;
    },
  };
}
