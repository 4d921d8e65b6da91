import { type RawBuilder, sql } from 'kysely';
import type { ReportQuestion } from '../ask/resolve-question.ts';

/** Where an order stands in a list of credited orders. `figure` is what the list is ordered by, 0 for time. */
export type Position = { figure: bigint; sale_time: Date; order_id: string };

/** Which way a list runs, and how what lies beyond a position compares with it. */
export function directionOf({ order }: Pick<ReportQuestion, 'order'>): {
  direction: RawBuilder<unknown>;
  beyond: RawBuilder<unknown>;
} {
  return order === 'asc' ? { direction: sql`asc`, beyond: sql`>` } : { direction: sql`desc`, beyond: sql`<` };
}
