import { type Database, inSnapshot } from '../../database/index.ts';
import type { Interval } from '../../vocabulary/time-zone.ts';
import { cutRange, type OpenSpan } from '../cut-range.ts';
import { countClicks } from './count-clicks.ts';
import { distinctCounter } from './distinct-counter.ts';
import { readSummed, type Summed, summedPart } from './read-summed.ts';
import { readToldApart, type ToldApart } from './read-told-apart.ts';
import { type Member, sumPieces } from './sum-pieces.ts';

/** Visits by people, and the distinct people among them: sessions, joined by their customer where it is known. */
export type VisitCounts = { visits: bigint; unique_visitors: bigint };

export const noVisits: VisitCounts = { visits: 0n, unique_visitors: 0n };

/**
 * The visits of each group of campaigns in a span; a group without any is absent. Unique visitors are counted for each
 * group and for the whole span: they do not add up. Ask for all groups of a report at once: each visit is read once.
 *
 * @param groups campaign ids by the name of their group; a campaign may be in several
 */
export async function countVisits<Name>(
  db: Database,
  groups: ReadonlyMap<Name, string[]>,
  span: OpenSpan,
): Promise<Map<Name, VisitCounts>> {
  const found = new Map<Name, VisitCounts>();
  const counted = await countEach(db, [...groups.values()], [span]);
  for (const [place, name] of [...groups.keys()].entries()) {
    const counts = counted[place]![0]!;
    if (counts.visits > 0n) found.set(name, counts);
  }
  return found;
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

/** @param spans one of any kind, or several that are closed, in the order of time and without gaps */
async function countEach(db: Database, groups: string[][], spans: OpenSpan[]): Promise<VisitCounts[][]> {
  const { members, labelsOf } = labelsOfGroups(groups);
  if (members.length === 0 || spans.length === 0) return groups.map(() => spans.map(() => noVisits));
  return await inSnapshot(db, async (snapshot) => {
    const summed = await readSummed(
      snapshot,
      members.map(({ campaign_id }) => campaign_id),
    );
    const inRollups = await countSummed(snapshot, members, spans, summed);
    const told = await readToldApart(snapshot, { members, spans, summed });
    const countDistinct = distinctCounter([...told.values()].flatMap(everyone));
    return labelsOf.map((labels) =>
      spans.map((_, slot) => {
        const keys = labels.map((label) => keyOf(label, slot));
        const visits = keys.reduce((sum, key) => sum + (inRollups.get(key) ?? 0n), 0n);
        const apart = keys.flatMap((key) => told.get(key) ?? []);
        return {
          visits: visits + countOf(apart.flatMap(({ not_summed }) => not_summed)),
          // Whoever need not be told apart is one visitor each.
          unique_visitors:
            visits - countOf(apart.flatMap(({ listed }) => listed)) + countDistinct(apart.flatMap(everyone)),
        };
      }),
    );
  });
}

/** A label for the only group, or one for each campaign where a campaign may be in several. */
function labelsOfGroups(groups: string[][]): { members: Member[]; labelsOf: number[][] } {
  if (groups.length === 1) {
    return { members: groups[0]!.map((campaign_id) => ({ label: 0, campaign_id })), labelsOf: [[0]] };
  }
  const labels = new Map([...new Set(groups.flat())].map((campaign_id, label) => [campaign_id, label]));
  return {
    members: [...labels].map(([campaign_id, label]) => ({ label, campaign_id })),
    labelsOf: groups.map((ids) => [...new Set(ids)].map((id) => labels.get(id)!)),
  };
}

function everyone({ listed, not_summed }: ToldApart): Int32Array[] {
  return [...listed, ...not_summed];
}

function countOf(lists: Int32Array[]): bigint {
  return BigInt(lists.reduce((sum, { length }) => sum + length, 0));
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
