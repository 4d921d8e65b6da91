import { type Database, inSnapshot } from '../../database/index.ts';
import type { Interval } from '../../vocabulary/time-zone.ts';
import { cutRange, type OpenSpan } from '../cut-range.ts';
import { countClicks } from './count-clicks.ts';
import { countPeople } from './count-people.ts';
import { readSummed, type Summed, summedPart } from './read-summed.ts';
import { type Member, sumPieces } from './sum-pieces.ts';

/** Visits by people, and the distinct people among them: sessions, joined by their customer where it is known. */
export type VisitCounts = { visits: bigint; unique_visitors: bigint };

export const noVisits: VisitCounts = { visits: 0n, unique_visitors: 0n };

/**
 * The visits of each group of campaigns in a span; a group without any is absent. Unique visitors are counted for each
 * group and for the whole span: they do not add up.
 *
 * @param groups campaign ids by the name of their group; a campaign may be in several
 */
export async function countVisits(
  db: Database,
  groups: ReadonlyMap<string, string[]>,
  span: OpenSpan,
): Promise<Map<string, VisitCounts>> {
  return await inSnapshot(db, async (snapshot) => {
    const found = new Map<string, VisitCounts>();
    for (const apart of withoutShared(groups)) {
      const counted = await countEach(snapshot, [...apart.values()], [span]);
      for (const [place, name] of [...apart.keys()].entries()) {
        const counts = counted[place]![0]!;
        if (counts.visits > 0n) found.set(name, counts);
      }
    }
    return found;
  });
}

/** The groups in as few maps as it takes for none to share a campaign with another: one where trees are not nested. */
function withoutShared(groups: ReadonlyMap<string, string[]>): Map<string, string[]>[] {
  const maps: { groups: Map<string, string[]>; taken: Set<string> }[] = [];
  for (const [name, ids] of groups) {
    const free = maps.find(({ taken }) => !ids.some((id) => taken.has(id)));
    const map = free ?? { groups: new Map(), taken: new Set() };
    if (free === undefined) maps.push(map);
    map.groups.set(name, ids);
    for (const id of ids) map.taken.add(id);
  }
  return maps.map((map) => map.groups);
}

/**
 * The visits of these campaigns together in each interval, whose visitors are counted for the interval itself.
 * @param intervals in the order of time, without gaps
 */
export async function countVisitsByInterval(
  db: Database,
  campaignIds: string[],
  intervals: Interval[],
): Promise<VisitCounts[]> {
  return (await countEach(db, [campaignIds], intervals))[0]!;
}

/**
 * @param groups no campaign in two of them
 * @param spans one of any kind, or several that are closed, in the order of time and without gaps
 */
async function countEach(db: Database, groups: string[][], spans: OpenSpan[]): Promise<VisitCounts[][]> {
  const members = groups.flatMap((ids, label) => ids.map((campaign_id) => ({ label, campaign_id })));
  if (members.length === 0 || spans.length === 0) return groups.map(() => spans.map(() => noVisits));
  return await inSnapshot(db, async (snapshot) => {
    const summed = await readSummed(
      snapshot,
      members.map(({ campaign_id }) => campaign_id),
    );
    const inRollups = await countSummed(snapshot, members, spans, summed);
    const people = await countPeople(snapshot, { members, spans, summed });
    return groups.map((_, label) =>
      spans.map((_, slot) => {
        const visits = inRollups.get(keyOf(label, slot)) ?? 0n;
        const told = people.get(keyOf(label, slot));
        if (told === undefined) return { visits, unique_visitors: visits };
        return {
          visits: visits + told.not_summed,
          // Whoever need not be told apart is one visitor each.
          unique_visitors: visits - told.listed - told.listed_twice + told.people,
        };
      }),
    );
  });
}

function keyOf(label: number, slot: number): string {
  return `${label}|${slot}`;
}

async function countSummed(
  db: Database,
  members: Member[],
  spans: OpenSpan[],
  summed: Summed,
): Promise<Map<string, bigint>> {
  const parts = spans.map((span) => {
    const part = summedPart(span, summed);
    return part === undefined ? { grains: [], slivers: [] } : cutRange(part);
  });
  const question = { dimensions: ['visits' as const], members, summed };
  const sums = [
    ...(await sumPieces(
      db,
      question,
      parts.map(({ grains }) => grains),
    )),
    ...(await countClicks(
      db,
      question,
      parts.flatMap(({ slivers }, slot) => slivers.map((sliver) => ({ ...sliver, slot, times: 1 as const }))),
    )),
  ];
  const visits = new Map<string, bigint>();
  for (const { label, slot, visits: more } of sums) {
    visits.set(keyOf(label, slot), (visits.get(keyOf(label, slot)) ?? 0n) + more);
  }
  return visits;
}
