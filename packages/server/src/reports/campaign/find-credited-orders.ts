import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { Database } from '../../database/index.ts';
import { decodeCursor, encodeCursor } from '../../vocabulary/cursor.ts';
import { timestampField } from '../../vocabulary/fields.ts';
import type { ReportQuestion } from '../ask/resolve-question.ts';
import { orderCredits, within } from './line-credits.ts';

/** Where an order stands in a list of credited orders. `figure` is what the list is ordered by, 0 for time. */
export type Position = { figure: bigint; sale_time: Date; order_id: string };

/**
 * The next orders of which one of these campaigns holds credit: the latest sale first, or by a figure.
 * @throws malformed for a cursor of another list
 */
export async function findCreditedOrders(
  db: Database,
  question: ReportQuestion,
  campaignIds: string[],
  { cursor, limit }: { cursor: string | undefined; limit: number },
): Promise<{ page: Position[]; next_cursor: string | null }> {
  const list = `credited-orders:${question.sort ?? 'time'}:${question.order ?? 'desc'}`;
  const find = figures[question.sort ?? ''] === undefined ? findByTime : findByFigure;
  const after = cursor === undefined ? undefined : read(list, cursor);
  const found = await find(db, question, campaignIds, after, limit + 1);
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return {
    page,
    next_cursor:
      found.length > limit && last !== undefined
        ? encodeCursor(list, [String(last.figure), last.sale_time.toISOString(), last.order_id])
        : null,
  };
}

function read(list: string, cursor: string): Position {
  const key = z.tuple([z.string().regex(/^-?\d{1,19}$/), timestampField, z.uuid()]);
  const [figure, sale_time, order_id] = decodeCursor(list, key, cursor);
  return { figure: BigInt(figure), sale_time, order_id };
}

/**
 * The latest orders of each campaign, merged. They are grouped in the order of the index, so that a page is read
 * without reading the rest.
 */
async function findByTime(
  db: Database,
  question: ReportQuestion,
  campaignIds: string[],
  after: Position | undefined,
  limit: number,
): Promise<Position[]> {
  const { direction, beyond } = directionOf(question);
  const column = question.basis === 'sale' ? 'sale_time' : 'posted_at';
  const rest =
    after === undefined
      ? sql`true`
      : sql`(sale_time, order_id) ${beyond} (${after.sale_time}, ${after.order_id}::uuid)`;
  const { rows } = await sql<Position>`
    select distinct 0::bigint as figure, found.sale_time, found.order_id
      from unnest(${campaignIds}::uuid[]) as asked (campaign_id), lateral (
        select sale_time, order_id
          from credit_entries
         where campaign_id = asked.campaign_id and model_version_id = ${question.model.id}
           and currency = ${question.currency} and ${within(column, question.span)} and ${rest}
         group by sale_time, order_id
        having sum(quantity_e4) <> 0 or sum(revenue_minor) <> 0
         order by sale_time ${direction}, order_id ${direction}
         limit ${limit}
      ) found
     order by found.sale_time ${direction}, found.order_id ${direction}
     limit ${limit}`.execute(db);
  return rows;
}

/** What an order can be ranked by; its spend and returns are unknown, and it is one order. */
const figures: Record<string, string> = {
  revenue: 'revenue_minor',
  profit: 'profit_minor',
  units: 'quantity_e4',
};

// No sum of an order comes near it.
const furthest = 9_000_000_000_000_000_000n;

async function findByFigure(
  db: Database,
  question: ReportQuestion,
  campaignIds: string[],
  after: Position | undefined,
  limit: number,
): Promise<Position[]> {
  const { direction, beyond } = directionOf(question);
  const column = sql.ref(figures[question.sort!]!);
  // What is unknown comes last in either direction.
  const unknown = question.order === 'asc' ? furthest : -furthest;
  const rest =
    after === undefined
      ? sql`true`
      : sql`(figure, sale_time, order_id) ${beyond} (${after.figure}, ${after.sale_time}, ${after.order_id}::uuid)`;
  const { rows } = await sql<Position>`
    select figure, sale_time, order_id
      from (
        select coalesce(sum(weight * ${column}), ${unknown})::bigint as figure, sale_time, order_id
          from (${orderCredits(question, campaignIds)}) credit
         group by sale_time, order_id
        having sum(weight * quantity_e4) <> 0 or sum(weight * revenue_minor) <> 0
      ) ranked
     where ${rest}
     order by figure ${direction}, sale_time ${direction}, order_id ${direction}
     limit ${limit}`.execute(db);
  return rows;
}

function directionOf({ order }: ReportQuestion): {
  direction: RawBuilder<unknown>;
  beyond: RawBuilder<unknown>;
} {
  return order === 'asc' ? { direction: sql`asc`, beyond: sql`>` } : { direction: sql`desc`, beyond: sql`<` };
}
