import { sql } from 'kysely';
import { type Database, inSnapshot } from '../../database/index.ts';
import { cutRange, type OpenSpan } from '../cut-range.ts';
import { countClicks, isTold, valuesOf } from './count-clicks.ts';
import { clicksNotSummed, readSummed, type Summed, summedPart } from './read-summed.ts';
import { type Dimension, labelOf, type Member, sumPieces } from './sum-pieces.ts';

/** How many clicks of a campaign, the one at `label` of those asked about, have a value of a dimension. */
export type Tally = { label: number; dimension: Dimension; value: string; visits: bigint };

/** Of these only whole days are summed. */
const byDayAlone: Dimension[] = ['device', 'country', 'channel'];

/**
 * Counts what adds up: visits, or clicks that are kept apart, of each campaign in a span, by the values of dimensions.
 * @param dimensions not `kept_apart` beside others; none of `byDayAlone` beside others
 */
export async function readTallies(
  db: Database,
  dimensions: Dimension[],
  campaignIds: string[],
  span: OpenSpan,
): Promise<Tally[]> {
  if (campaignIds.length === 0) return [];
  const members = campaignIds.map((campaign_id, label) => ({ label, campaign_id }));
  return await inSnapshot(db, async (snapshot) => {
    const summed = await readSummed(snapshot, campaignIds);
    const question = { dimensions, members, summed };
    const part = summedPart(span, summed);
    const { grains, slivers } = part === undefined ? { grains: [], slivers: [] } : cutRange(part);
    const isInRows = ({ grain }: { grain: string }) =>
      grain === 'day' || !byDayAlone.includes(dimensions[0]!);
    const edges = [
      ...grains.filter((piece) => !isInRows(piece)),
      ...slivers.map((sliver) => ({ ...sliver, times: 1 as const })),
    ].map((edge) => ({ ...edge, slot: 0 }));
    return [
      ...(await sumPieces(snapshot, question, [grains.filter(isInRows)])),
      ...(await countClicks(snapshot, question, edges)),
      ...(await countNotSummed(snapshot, dimensions, members, span, summed)),
    ];
  });
}

async function countNotSummed(
  db: Database,
  dimensions: Dimension[],
  members: Member[],
  span: OpenSpan,
  summed: Summed,
): Promise<Tally[]> {
  const campaignIds = members.map(({ campaign_id }) => campaign_id);
  const columns = sql`campaign_id, excluded, device_type, country, channel`;
  const clicks = clicksNotSummed(columns, isTold(dimensions), { campaignIds, span, summed });
  const { rows } = await sql<Tally>`
    select ${labelOf({ members }, sql`campaign_id`)} as label, told.dimension, told.value, count(*) as visits
      from (${clicks}) click
      cross join lateral (values ${valuesOf(dimensions)}) as told (dimension, value)
     group by 1, 2, 3`.execute(db);
  return rows;
}
