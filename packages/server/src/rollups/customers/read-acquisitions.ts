import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import { cutRange, type OpenSpan } from '../cut-range.ts';
import {
  type AcquisitionMeasures,
  acquisitionNames,
  addAcquisitions,
  noAcquisitions,
} from './sum-acquisitions.ts';

/** What a report asks of the acquisition rollups. */
export type AcquisitionQuestion = {
  model: { id: string };
  currency: string;
  /** Only these campaigns; all when absent. */
  campaign_ids?: string[];
};

type Piece = { slot: number; times: 1 | -1; from: Date | null; to: Date | null };
type Row = { slot: number; campaign_id: string } & Partial<AcquisitionMeasures>;

/**
 * Who was acquired by each campaign, and what customers' first orders brought it, in each of the spans; exact at their
 * edges in any zone. A campaign without either in a span is absent from that span's map.
 *
 * Whole UTC days come from the rollup, the edges from the orders themselves: at most half a day of new customers each.
 */
export async function readAcquisitions(
  db: Database,
  question: AcquisitionQuestion,
  spans: OpenSpan[],
): Promise<Map<string, AcquisitionMeasures>[]> {
  const answers = spans.map(() => new Map<string, AcquisitionMeasures>());
  const days: Piece[] = [];
  const edges: Piece[] = [];
  for (const [slot, span] of spans.entries()) {
    const { grains, slivers } = cutRange(span);
    for (const { grain, ...piece } of grains) (grain === 'day' ? days : edges).push({ slot, ...piece });
    edges.push(...slivers.map((sliver) => ({ slot, times: 1 as const, ...sliver })));
  }
  const rows = [
    ...(await sumDays(db, question, days)),
    ...(await sumAcquired(db, question, edges)),
    ...(await sumFirstOrders(db, question, edges)),
  ];
  for (const { slot, campaign_id, ...more } of rows) {
    const sum = answers[slot]!.get(campaign_id) ?? noAcquisitions();
    answers[slot]!.set(campaign_id, sum);
    addAcquisitions(sum, more);
  }
  return answers;
}

async function sumDays(db: Database, question: AcquisitionQuestion, pieces: Piece[]): Promise<Row[]> {
  if (pieces.length === 0) return [];
  const sums = acquisitionNames.map((name) => sql`sum(r.${sql.ref(name)})::bigint as ${sql.ref(name)}`);
  const { rows } = await sql<Row>`
    select piece.slot, held.*
      from ${unnested(pieces)}
      cross join lateral (
        select r.campaign_id, ${sql.join(sums)}
          from acquisition_rollups r
         where r.model_version_id = ${question.model.id} and r.currency = ${question.currency}
           and r.bucket >= piece.starts and r.bucket < piece.ends and ${among(question, sql`r.campaign_id`)}
         group by r.campaign_id
      ) held`.execute(db);
  return rows;
}

async function sumAcquired(db: Database, question: AcquisitionQuestion, pieces: Piece[]): Promise<Row[]> {
  if (pieces.length === 0) return [];
  const { rows } = await sql<Row>`
    select piece.slot, acquired.campaign_id, sum(piece.times)::bigint as customers,
           sum(piece.times * bought.orders)::bigint as orders,
           sum(piece.times * bought.revenue_minor)::bigint as revenue_minor
      from ${unnested(pieces)}
      cross join lateral (${edgeOrders(question, sql`is_acquiring`)}) acquired
      cross join lateral (
        select count(*) as orders, sum(revenue_minor) as revenue_minor
          from customer_orders
         where person_id = acquired.person_id and model_version_id = acquired.model_version_id
           and currency = acquired.currency
      ) bought
     where ${among(question, sql`acquired.campaign_id`)}
     group by piece.slot, acquired.campaign_id`.execute(db);
  return rows;
}

async function sumFirstOrders(db: Database, question: AcquisitionQuestion, pieces: Piece[]): Promise<Row[]> {
  if (pieces.length === 0) return [];
  const { rows } = await sql<Row>`
    select piece.slot, credit.campaign_id, sum(piece.times)::bigint as new_orders,
           sum(piece.times * credit.revenue_minor)::bigint as new_revenue_minor
      from ${unnested(pieces)}
      cross join lateral (${edgeOrders(question, sql`is_first`)}) first_order
      cross join lateral (
        select campaign_id, sum(revenue_minor) as revenue_minor
          from credit_entries
         where order_id = first_order.order_id and model_version_id = first_order.model_version_id
           and ${among(question, sql`campaign_id`)}
         group by campaign_id
        having sum(revenue_minor) <> 0 or sum(quantity_e4) <> 0
      ) credit
     group by piece.slot, credit.campaign_id`.execute(db);
  return rows;
}

/**
 * The orders of a piece, along the index. Kept apart by `offset 0`: joined with the pieces, all there are would be
 * compared with each (25 edges of months took 5 s instead of 40 ms).
 */
function edgeOrders(question: AcquisitionQuestion, which: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select * from customer_orders
     where ${which} and model_version_id = ${question.model.id} and currency = ${question.currency}
       and sale_time >= piece.starts and sale_time < piece.ends
    offset 0`;
}

function unnested(pieces: Piece[]): RawBuilder<unknown> {
  return sql`unnest(
    ${pieces.map(({ slot }) => slot)}::int[],
    ${pieces.map(({ times }) => times)}::int[],
    ${pieces.map(({ from }) => from ?? '-infinity')}::timestamptz[],
    ${pieces.map(({ to }) => to ?? 'infinity')}::timestamptz[]
  ) as piece (slot, times, starts, ends)`;
}

function among({ campaign_ids }: AcquisitionQuestion, column: RawBuilder<unknown>): RawBuilder<unknown> {
  return campaign_ids === undefined ? sql`true` : sql`${column} = any(${campaign_ids}::uuid[])`;
}
