import { chancesToBeBest } from './chances-to-be-best.ts';
import { isShare, type ProportionTest, rateOf, type Tally, testProportions } from './two-proportion-test.ts';
import { visitsNeeded } from './visits-needed.ts';

/** One of those that are compared. */
export type Contender = Tally & { name: string };

/** How one of them stands against the leader. */
export type Standing = {
  /** Null where conversions are no share of the visits. */
  chance_to_be_best: number | null;
  /** How far the leader's rate lies above its own; undefined of the leader itself, or where there is nothing to test. */
  test: ProportionTest | undefined;
  /** More visits that it and the leader each need before their difference can be told from chance: 0 where it can. */
  more_visits_each: number | null;
};

export type Verdict = {
  /** Place of the one with the highest rate; null while none has a visit or conversions are no share of visits. */
  leader: number | null;
  /** Whether the leader's rate is higher than every other's beyond chance. */
  decided: boolean;
  /** The same in plain words. */
  sentence: string;
  /** In the order of the contenders. */
  standings: Standing[];
};

/**
 * Says whether one converts better than the others, and how much is missing where it cannot be said. The leader is
 * tested against each of the others; with several, p values are held to Holm's rule, so that the chance of any false
 * verdict stays at 5 %.
 */
export function judge(contenders: Contender[]): Verdict {
  const comparable = contenders.every(isShare);
  const chances = comparable ? chancesToBeBest(contenders) : undefined;
  const leader = comparable ? leaderOf(contenders) : null;
  const first = leader === null ? undefined : contenders[leader]!;
  const rivals = contenders.filter((contender) => first !== undefined && contender !== first);
  const tests = new Map(rivals.map((rival) => [rival, testProportions(first!, rival)]));
  const apart = toldApart(tests);
  const standings = contenders.map((contender, place) => ({
    chance_to_be_best: chances?.[place] ?? null,
    test: tests.get(contender),
    more_visits_each: tests.has(contender)
      ? apart.has(contender)
        ? 0
        : moreVisits(contender, first!)
      : null,
  }));
  const decided = first !== undefined && apart.size === rivals.length;
  return { leader, decided, standings, sentence: sentenceOf(contenders, standings, leader, decided) };
}

function leaderOf(contenders: Contender[]): number {
  const rates = contenders.map(rateOf);
  return rates.indexOf(Math.max(...rates));
}

const significance = 0.05;

/**
 * Those whose rates can be told from the leader's, by Holm's rule: the smallest p value against α / n, the next against
 * α / (n − 1), and so on, until one fails.
 */
function toldApart(tests: Map<Contender, ProportionTest | undefined>): Set<Contender> {
  const chanceOf = (rival: Contender) => tests.get(rival)?.p_value ?? 1;
  const sorted = [...tests.keys()].sort((a, b) => chanceOf(a) - chanceOf(b));
  const failed = sorted.findIndex(
    (rival, place) => chanceOf(rival) >= significance / (sorted.length - place),
  );
  return new Set(failed === -1 ? sorted : sorted.slice(0, failed));
}

function moreVisits(contender: Contender, leader: Contender): number | null {
  const needed = visitsNeeded(rateOf(contender), rateOf(leader));
  return needed === null ? null : Math.max(0, needed - Math.min(contender.visits, leader.visits));
}

function sentenceOf(
  contenders: Contender[],
  standings: Standing[],
  leader: number | null,
  decided: boolean,
): string {
  const unvisited = contenders.find(({ visits }) => visits === 0);
  if (unvisited !== undefined) return `Not yet enough data: ${unvisited.name} has no visits in this range.`;
  const odd = contenders.find((contender) => !isShare(contender));
  if (odd !== undefined || leader === null) {
    return `Cannot be compared by rate: ${odd?.name} has more conversions than visits in this range, so some of its visits lie before it.`;
  }
  const { name } = contenders[leader]!;
  if (decided) {
    const rest = contenders.filter((_, place) => place !== leader);
    const others = rest.length === 1 ? rest[0]!.name : 'each of the others';
    return `${name} converts better than ${others}: ${percentText(rateOf(contenders[leader]!))} of its visits, and a difference this large is chance less than once in twenty.`;
  }
  const missing = standings.map(({ more_visits_each }) => more_visits_each ?? 0);
  const most = Math.max(...missing);
  if (most === 0) return 'No difference to be seen so far.';
  return `Not yet enough data: about ${roundedText(most)} more visits each.`;
}

/** Two digits are as exact as the guess is. */
function roundedText(count: number): string {
  return Number(count.toPrecision(2)).toLocaleString('en');
}

function percentText(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}
