import type { Database } from '../../database/index.ts';
import { solveStepwise, transitionsOf } from './markov.ts';
import { openChain } from './open-chain.ts';
import { type PathQuestion, readPaths } from './read-paths.ts';
import { openShapley } from './shapley.ts';

/** What to learn. `order` is how many touches back a Markov chain remembers. */
export type Learning = PathQuestion & ({ model: 'markov'; order: number } | { model: 'shapley' });

/** What a model learned of a campaign. */
export type LearnedEffect = {
  campaign_id: string;
  /** The share of conversions that would be lost without it; null of models that do not ask. */
  removal_effect: number | null;
  /** Its part of all conversions. */
  conversions: number;
};

export type Learned = {
  conversions: number;
  lapses: number;
  states: number | null;
  effects: LearnedEffect[];
  /** The transition matrix: places in `effects` of the campaigns touched last, then of the next (or how it ended), and how often. */
  transitions: [number[], number | 'conversion' | 'lapse', number][] | null;
};

/**
 * Learns a data-driven model from all paths. Lets others of the process in between: it may take minutes.
 *
 * @param progress told how much is done, in percent
 */
export async function learnFromPaths(
  db: Database,
  learning: Learning,
  progress: (percent: number) => Promise<void>,
): Promise<Learned> {
  return learning.model === 'markov'
    ? await learnChain(db, learning, learning.order, progress)
    : await learnValues(db, learning, progress);
}

// Solving a chain of many campaigns takes about as long as reading its paths.
const readingPercent = 60;

async function learnChain(
  db: Database,
  question: PathQuestion,
  order: number,
  progress: (percent: number) => Promise<void>,
): Promise<Learned> {
  const chain = openChain(order);
  for await (const { paths, done, of } of readPaths(db, question)) {
    for (const path of paths) chain.add(path);
    await progress((readingPercent * done) / of);
  }
  const solving = solveStepwise(chain);
  let step = solving.next();
  while (!step.done) {
    await new Promise(setImmediate);
    step = solving.next();
  }
  const { states, conversions, lapses, effects } = step.value;
  const places = new Map(effects.map(({ campaign_id }, place) => [campaign_id, place]));
  return {
    ...{ conversions, lapses, states, effects },
    transitions: transitionsOf(chain).map(({ from, to, count }) => [
      from.map((id) => places.get(id)!),
      to === 'conversion' || to === 'lapse' ? to : places.get(to)!,
      count,
    ]),
  };
}

async function learnValues(
  db: Database,
  question: PathQuestion,
  progress: (percent: number) => Promise<void>,
): Promise<Learned> {
  const values = openShapley();
  let conversions = 0;
  let lapses = 0;
  for await (const { paths, done, of } of readPaths(db, question)) {
    for (const path of paths) {
      values.add(path);
      conversions += path.conversions;
      lapses += path.lapses;
    }
    await progress((100 * done) / of);
  }
  return {
    ...{ conversions, lapses, states: null, transitions: null },
    effects: values.values().map((value) => ({ ...value, removal_effect: null })),
  };
}
