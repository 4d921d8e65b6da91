import { sql } from 'kysely';
import {
  type Database,
  enqueueSettlement,
  inTransaction,
  type JobPayloads,
  pastPriority,
  settlementBatch,
} from '../database/index.ts';
import { readSamePeople } from '../orders/index.ts';
import { readCustomersOfSessions, readSessionsOfCustomers } from '../touches/index.ts';
import type { Attempt, JobContext } from './job-context.ts';
import { settleBatch } from './settle-batch.ts';

/**
 * The job that follows late facts of sessions or people: looks up, after they have committed, which orders they may
 * reach, and settles them, or leaves them to be settled behind what happens now. It asks for more rather than fewer,
 * since settling an order that is as it should be posts nothing.
 */
export async function settleTouched(
  { session_ids = [], customer_ids = [], from, cause }: JobPayloads['settle-touched'],
  context: JobContext,
  attempt: Attempt,
): Promise<void> {
  const { db } = context;
  const order_ids = await findTouchedOrders(db, session_ids, customer_ids, new Date(from));
  if (order_ids.length === 0) return;
  if (attempt.priority >= pastPriority && order_ids.length <= settlementBatch) {
    return await settleBatch({ order_ids, cause }, context, attempt);
  }
  await inTransaction(db, (tx) => enqueueSettlement(tx, order_ids, cause, { priority: pastPriority }));
}

/** Orders of these sessions and people, and of every session and person one identification away. */
async function findTouchedOrders(
  db: Database,
  sessionIds: string[],
  customerIds: string[],
  from: Date,
): Promise<string[]> {
  const owners = await readCustomersOfSessions(db, sessionIds);
  const named = [...new Set([...customerIds, ...owners.map(({ customer_id }) => customer_id)])];
  const people = [...new Set([...(await readSamePeople(db, named)).values()].flat())];
  const theirs = await readSessionsOfCustomers(db, people);
  const sessions = [...new Set([...sessionIds, ...theirs.map(({ session_id }) => session_id)])];
  const { rows } = await sql<{ id: string }>`
    select id from orders where session_id = any(${sessions}::text[]) and ordered_at >= ${from}
    union
    select id from orders where customer_id = any(${people}::uuid[]) and ordered_at >= ${from}`.execute(db);
  return rows.map(({ id }) => id);
}
