import { sql } from 'kysely';
import type { Database } from '../database/index.ts';
import { groupBy } from '../vocabulary/group-by.ts';
import {
  addByPosting,
  addBySale,
  type Basis,
  type RollupChanges,
  type RollupRules,
  type Standing,
} from './change-rollups.ts';
import { type Coverage, creditableOf } from './coverage.ts';
import type { StandingCredit } from './measure-order.ts';

type LedgerEntry = StandingCredit & {
  order_id: string;
  model_version_id: string;
  currency: string;
  sale_time: Date;
  posted_at: Date;
};

/** Which part of the ledger to replay: what was sold, or posted, in [from, to). */
export type Window = { basis: Basis; from: Date; to: Date };

/**
 * Adds to `changes` all that the ledger of these orders means for the rollups, from nothing: the rows they must sum
 * up to. The same functions that keep the rollups as credit is posted, fed with the history of postings.
 *
 * @param within only what was sold, or posted, in this window; everything when absent
 */
export async function replayLedger(
  db: Database,
  orderIds: string[],
  changes: RollupChanges,
  rules: RollupRules,
  within?: Window,
): Promise<void> {
  const entries = await readEntries(db, orderIds);
  const coverages = await readCoverages(db, orderIds);
  for (const orderId of orderIds) {
    const final = replayPostings(entries.get(orderId) ?? [], changes, rules, within);
    for (const standing of withCoverage(final, coverages.get(orderId) ?? [])) {
      if (lies(standing.sale_time, 'sale', within)) addBySale(changes, standing, 1n, rules);
    }
  }
}

/** What stands of these orders, by the ledger and their last settlements. */
export async function readStandings(db: Database, orderIds: string[]): Promise<Map<string, Standing[]>> {
  const entries = await readEntries(db, orderIds);
  const coverages = await readCoverages(db, orderIds);
  return new Map(
    orderIds.map((id) => {
      const credited = [...groupBy(entries.get(id) ?? [], standingKey).values()].map((group) => ({
        ...group[0]!,
        credits: addEntries([], group),
        creditable: [],
      }));
      const counted = withCoverage(credited, coverages.get(id) ?? []);
      return [id, counted.filter((standing) => isCounted(standing, coverages.get(id) ?? []))];
    }),
  );
}

function isCounted(standing: Standing, coverages: Coverage[]): boolean {
  return coverages.some(
    ({ counted_by, currency, sale_time }) =>
      counted_by.includes(standing.model_version_id) &&
      currency === standing.currency &&
      new Date(sale_time).getTime() === standing.sale_time.getTime(),
  );
}

/** Goes through an order's postings in time, booking each difference when it was posted; gives what stands at the end. */
function replayPostings(
  entries: LedgerEntry[],
  changes: RollupChanges,
  rules: RollupRules,
  within: Window | undefined,
): Standing[] {
  const standing = new Map<string, Standing>();
  for (const posting of groupBy(entries, (entry) => entry.posted_at.getTime()).values()) {
    for (const [key, group] of groupBy(posting, standingKey)) {
      const postedAt = group[0]!.posted_at;
      const before = standing.get(key) ?? { ...group[0]!, credits: [], creditable: [] };
      const after = { ...before, credits: addEntries(before.credits, group) };
      if (lies(postedAt, 'posted', within)) {
        addByPosting(changes, before, -1n, postedAt, rules);
        addByPosting(changes, after, 1n, postedAt, rules);
      }
      standing.set(key, after);
    }
  }
  return [...standing.values()];
}

/**
 * What stands, together with what could be credited. A version that counts the order but credits nothing of it still
 * covers it.
 */
export function withCoverage(standings: Standing[], coverages: Coverage[]): Standing[] {
  const covered = new Map(standings.map((standing) => [standingKey(standing), standing]));
  for (const coverage of coverages) {
    const creditable = creditableOf(coverage);
    for (const model_version_id of coverage.counted_by) {
      const place = {
        model_version_id,
        currency: coverage.currency,
        sale_time: new Date(coverage.sale_time),
      };
      const standing = covered.get(standingKey(place)) ?? { ...place, credits: [] };
      covered.set(standingKey(place), { ...standing, creditable });
    }
  }
  return [...covered.values()];
}

function lies(instant: Date, basis: Basis, within: Window | undefined): boolean {
  return within === undefined || (within.basis === basis && within.from <= instant && instant < within.to);
}

function addEntries(credits: StandingCredit[], entries: LedgerEntry[]): StandingCredit[] {
  const byKey = new Map<string, StandingCredit>();
  for (const row of [...credits, ...entries]) {
    const key = `${row.line_no}|${row.product_id}|${row.campaign_id}|${row.profit_known}`;
    const sum = byKey.get(key);
    byKey.set(key, {
      line_no: row.line_no,
      product_id: row.product_id,
      campaign_id: row.campaign_id,
      profit_known: row.profit_known,
      quantity_e4: (sum?.quantity_e4 ?? 0n) + row.quantity_e4,
      revenue_minor: (sum?.revenue_minor ?? 0n) + row.revenue_minor,
      profit_minor: (sum?.profit_minor ?? 0n) + row.profit_minor,
    });
  }
  return [...byKey.values()].filter(
    (sum) => sum.quantity_e4 !== 0n || sum.revenue_minor !== 0n || sum.profit_minor !== 0n,
  );
}

async function readEntries(db: Database, orderIds: string[]): Promise<Map<string, LedgerEntry[]>> {
  const { rows } = await sql<LedgerEntry>`
    select order_id, line_no, product_id, campaign_id, model_version_id, currency, sale_time, posted_at,
           quantity_e4, revenue_minor, coalesce(profit_minor, 0) as profit_minor,
           profit_minor is not null as profit_known
      from credit_entries
     where order_id = any(${orderIds}::uuid[])
     order by posted_at`.execute(db);
  return groupBy(rows, (row) => row.order_id);
}

async function readCoverages(db: Database, orderIds: string[]): Promise<Map<string, Coverage[]>> {
  const rows = await db
    .selectFrom('order_settlements')
    .select(['order_id', 'coverage'])
    .where(sql<boolean>`order_id = any(${orderIds}::uuid[])`)
    .execute();
  return new Map(rows.map((row) => [row.order_id, row.coverage as Coverage[]]));
}

function standingKey(place: Pick<Standing, 'model_version_id' | 'currency' | 'sale_time'>): string {
  return `${place.model_version_id}|${place.currency}|${place.sale_time.getTime()}`;
}
