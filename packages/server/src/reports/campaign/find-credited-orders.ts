import { sql } from 'kysely';
import { z } from 'zod';
import type { Database } from '../../database/index.ts';
import { decodeCursor, encodeCursor } from '../../vocabulary/cursor.ts';
import { timestampField } from '../../vocabulary/fields.ts';
import type { ReportQuestion } from '../ask/resolve-question.ts';
import type { Scope } from '../measure/scope.ts';
import { within } from './line-credits.ts';
import { lookIntoFullestQuarters } from './look-into-fullest-quarters.ts';
import { directionOf, type Position } from './position.ts';
import { type Ranking, rankedBy, rankedOrders } from './ranked-orders.ts';

/**
 * The next orders of which a campaign of the scope holds credit: the latest sale first, or by a figure.
 * @throws malformed for a cursor of another list
 */
export async function findCreditedOrders(
  db: Database,
  question: ReportQuestion,
  scope: Scope,
  { cursor, limit }: { cursor: string | undefined; limit: number },
): Promise<{ page: Position[]; next_cursor: string | null }> {
  const list = `credited-orders:${question.sort ?? 'time'}:${question.order ?? 'desc'}`;
  const after = cursor === undefined ? undefined : read(list, cursor);
  const ranked = rankedBy(question);
  const found =
    ranked === undefined
      ? await findByTime(db, question, scope, after, limit + 1)
      : await findByFigure(db, question, scope, { ...ranked, after, limit: limit + 1 });
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
  { campaign_ids }: Scope,
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
      from unnest(${campaign_ids}::uuid[]) as asked (campaign_id), lateral (
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

/** The next orders by what the campaigns of the scope hold of them. */
async function findByFigure(
  db: Database,
  question: ReportQuestion,
  scope: Scope,
  ranking: Ranking,
): Promise<Position[]> {
  const campaignIds = scope.campaign_ids!;
  const fullest = await lookIntoFullestQuarters(db, question, scope, ranking);
  if (fullest === undefined) return (await rankedOrders(question, campaignIds, ranking, {}).execute(db)).rows;
  const { orders, others } = fullest;
  if (others === null) return orders;
  const quarters = sql`unnest(${others}::timestamptz[]) as quarter (starts)`;
  const { rows } = await rankedOrders(question, campaignIds, ranking, { quarters }).execute(db);
  return [...orders, ...rows].sort(highestFirst).slice(0, ranking.limit);
}

function highestFirst(a: Position, b: Position): number {
  if (a.figure !== b.figure) return a.figure > b.figure ? -1 : 1;
  return b.sale_time.getTime() - a.sale_time.getTime() || (a.order_id > b.order_id ? -1 : 1);
}
