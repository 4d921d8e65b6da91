import { type Kysely, sql } from 'kysely';
import type { Tables } from './tables.ts';

/** The work that rooms leave for `jobs/`, by task name. */
export type JobPayloads = {
  /** Settle these orders again; at most 500 ids. */
  'settle-orders': { order_ids: string[]; cause: string };
  /** A change of history reached past sales: find the orders of the span and settle them. ISO timestamps. */
  'settle-reached': {
    from: string | null;
    to: string | null;
    product_ids?: string[];
    cause: string;
  };
  /**
   * Facts of sessions or people came that are older than a sale may be: find the orders they reach, from this instant
   * on, and settle them. ISO timestamp.
   */
  'settle-touched': { session_ids?: string[]; customer_ids?: string[]; from: string; cause: string };
  /**
   * Clicks in mails became known, or whose they are: find the orders of these people and partners, and those that name
   * a retailer so, that they reach. Looks at mails do so where a model counts them. ISO timestamp.
   */
  'settle-email-clicks': {
    recipient_hashes: string[];
    partner_ids: string[];
    retailers?: string[];
    opens_only?: boolean;
    from: string;
    cause: string;
  };
  /** Sends or events of these messages were recorded: events that waited for their send may have it now. */
  'claim-email-events': { message_ids: string[] };
  /** A campaign is called by these words from now on, or no longer: orders that claim it by one are settled. */
  'settle-claims': { words: string[]; cause: string };
  /** A campaign got this tracking code: the clicks that wait for one with it are its own. */
  'claim-clicks': { tracking_code: string; visit_window_days: number };
  /** A provider delivered something: work on it. */
  'process-webhook': { delivery_id: string };
  /**
   * The tree or a platform changed: sum again what these campaigns hold with all below them, and these platforms; with
   * `own`, what they hold by themselves too.
   */
  'rebuild-tree': { campaign_ids: string[]; platforms?: string[]; own?: boolean };
  /** Place the settled orders of all known customers again. */
  'rebuild-customers': Record<string, never>;
  'rebuild-mailings': Record<string, never>;
  /** Bring the rollups of visits up to date, or throw them away first. */
  'sum-visits': { anew?: boolean };
  /** Work out again what was given back of refunded orders. */
  'rebuild-refund-totals': Record<string, never>;
  /** Carry out a backfill, going on where it stopped. */
  'run-backfill': { backfill_id: string };
  /** Learn a data-driven model from all paths. */
  'learn-model': { run_id: string };
};

/** How many orders one settlement takes. */
export const settlementBatch = 500;

/** Work on the past gives way to what happens now: graphile-worker takes smaller numbers first. */
export const pastPriority = 10;

/** Stands on such work, so that a worker can be kept from taking any. */
export const pastFlag = 'past';

// With its waits of e^attempt seconds, the eighth attempt comes about 50 minutes after the first.
const attempts = 8;

/**
 * Adds a job inside the caller's transaction: it exists exactly when the change that makes it necessary does, and no
 * worker sees it earlier. Tried again with growing waits, then kept as failed.
 */
export async function enqueue<Task extends keyof JobPayloads>(
  tx: Kysely<Tables>,
  task: Task,
  payload: JobPayloads[Task],
  { priority = 0 } = {},
): Promise<void> {
  await sql`
    select graphile_worker.add_job(
      ${task}, payload => ${JSON.stringify(payload)}::json, max_attempts => ${attempts}, priority => ${priority},
      flags => ${priority >= pastPriority ? [pastFlag] : null}::text[])`.execute(tx);
}

/** Leaves orders to be settled, in batches that one settlement can take; ids in order, so that batches rarely meet. */
export async function enqueueSettlement(
  tx: Kysely<Tables>,
  orderIds: string[],
  cause: string,
  options: { priority?: number } = {},
): Promise<void> {
  const sorted = [...new Set(orderIds)].sort();
  for (let start = 0; start < sorted.length; start += settlementBatch) {
    const order_ids = sorted.slice(start, start + settlementBatch);
    await enqueue(tx, 'settle-orders', { order_ids, cause }, options);
  }
}
