import type { Chain, State } from './open-chain.ts';

/**
 * A chain laid out for arithmetic. A step from a state to itself is left out: what counts is where it goes when it is
 * left. The steps of state s are those from `first[s]` to `first[s + 1]`.
 */
export type Matrix = {
  campaigns: number;
  first: Int32Array;
  to: Int32Array;
  /** Of a step, given that the state is left for another or for the end. */
  probability: Float64Array;
  converts: Float64Array;
  /** How often a path reaches the state, on average. */
  reached: Float64Array;
  /** The place of the campaign touched last, and of the one before; -1 for none. */
  last: Int32Array;
  before: Int32Array;
  /** Of how often the state is reached, what comes from states of a higher place. */
  fromHigher: Float64Array;
};

export function layOut({ states }: Chain, campaignIds: string[]): Matrix {
  const steps = states.reduce((sum, state) => sum + state.steps.size, 0);
  const placeOf = new Map(campaignIds.map((id, place) => [id, place]));
  const touched = (state: State, back: number) => placeOf.get(state.campaign_ids.at(-back) ?? '') ?? -1;
  const matrix: Matrix = {
    campaigns: campaignIds.length,
    first: new Int32Array(states.length + 1),
    to: new Int32Array(steps),
    probability: new Float64Array(steps),
    converts: new Float64Array(states.length),
    reached: new Float64Array(states.length),
    last: Int32Array.from(states, (state) => touched(state, 1)),
    before: Int32Array.from(states, (state) => touched(state, 2)),
    fromHigher: new Float64Array(states.length),
  };
  let paths = 1;
  let next = 0;
  for (const state of states) {
    const others = [...state.steps.values()].filter(({ to }) => to !== state);
    const left = others.reduce((sum, { count }) => sum + count, state.conversions + state.lapses);
    if (state.place === 0) paths = left;
    for (const { to, count } of others) {
      matrix.to[next] = to.place;
      matrix.probability[next] = count / left;
      if (state.place > to.place) matrix.fromHigher[to.place]! += count / paths;
      next += 1;
    }
    matrix.first[state.place + 1] = next;
    matrix.converts[state.place] = state.conversions / left;
    matrix.reached[state.place] = left / paths;
  }
  return matrix;
}
