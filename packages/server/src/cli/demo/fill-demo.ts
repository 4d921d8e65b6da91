import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { inTransaction, type OpenDatabase } from '../../database/index.ts';
import { runWorker } from '../../jobs/index.ts';
import { readAudit, writeAudit } from '../../people/index.ts';
import { settableClock } from '../../vocabulary/clock.ts';
import { derivedId } from '../../vocabulary/ids.ts';
import type { RouteContext } from '../../vocabulary/route.ts';
import { shop } from './catalogue.ts';
import { planYear, type YearSize } from './plan-year.ts';
import { playDay } from './play-day.ts';

/**
 * Fills an installation with the year of a shop that ends now, day by day: a day is one transaction, and its orders
 * are settled before the next one begins, so that the ledger too reads as if it had all happened. A fill that was
 * killed goes on with the day it was at, for the year it had begun; a filled installation is left alone.
 *
 * @param context its clock says when the year ends
 * @returns whether there was anything left to fill
 */
export async function fillDemo(
  { db, pool }: Pick<OpenDatabase, 'db' | 'pool'>,
  context: RouteContext,
  asked: { days: number; orders: number; onDay: (done: number) => void },
): Promise<boolean> {
  const year = await beginYear(context, asked);
  if (year === 'filled') return false;
  const played = await lastDayPlayed(context);
  const campaigns = await db.selectFrom('campaigns').select(['id', 'tracking_code']).execute();
  const ids = new Map(campaigns.map(({ id, tracking_code }) => [tracking_code, id]));

  const clock = settableClock(year.endsAt);
  // Of a fill that was killed, the last day played may not be settled yet.
  const settling = settableClock(new Date(Math.min(dayAfter(played ?? year.endsAt), year.endsAt.getTime())));
  const worker = await runWorker({ db, pool, clock: settling, log: silent, attributionEnabled: true });
  try {
    await untilSettled(context);
    let done = 0;
    for (const day of planYear(year)) {
      done += 1;
      if (played !== undefined && day.starts <= played) continue;
      settling.set(day.ends);
      await inTransaction(db, async (tx) => {
        await playDay({ ...context, db: tx, clock }, day, ids);
        if (done === year.days) await remember({ ...context, db: tx }, 'demo.end', year);
      });
      await untilSettled(context);
      asked.onDay(done);
    }
  } finally {
    await worker.stop();
  }
  await sql`analyze`.execute(db);
  return true;
}

function dayAfter(instant: Date): number {
  return (Math.floor(instant.getTime() / 86_400_000) + 1) * 86_400_000;
}

const silent = { info: () => {}, warn: () => {}, error: () => {} };
const subject = { subject_kind: 'demo', subject_id: shop.source };

/** The year that is being filled: the one that was begun, or a new one. */
async function beginYear(
  context: RouteContext,
  { days, orders }: { days: number; orders: number },
): Promise<YearSize | 'filled'> {
  const { entries } = await readAudit(context.db, { ...subject, limit: 2 });
  if (entries.some(({ action }) => action === 'demo.end')) return 'filled';
  const begun = entries.find(({ action }) => action === 'demo.begin')?.after as
    | { ends_at: string; days: number; orders: number }
    | undefined;
  if (begun !== undefined) return { ...begun, endsAt: new Date(begun.ends_at) };
  const year = { endsAt: context.clock.now(), days, orders };
  await remember(context, 'demo.begin', year);
  return year;
}

// The audit log is where an installation remembers what was done to it.
async function remember(
  { db, clock, actor }: RouteContext,
  action: 'demo.begin' | 'demo.end',
  { endsAt, days, orders }: YearSize,
): Promise<void> {
  await writeAudit(db, {
    ...subject,
    id: derivedId('demo', action),
    actor: actor.name,
    action,
    after: { ends_at: endsAt.toISOString(), days, orders },
    at: clock.now(),
  });
}

/** The latest sale; every day but the last has one, and the last remembers that it was played. */
async function lastDayPlayed({ db }: RouteContext): Promise<Date | undefined> {
  const { rows } = await sql<{ last: Date | null }>`select max(ordered_at) as last from orders`.execute(db);
  return rows[0]!.last ?? undefined;
}

async function untilSettled({ db }: RouteContext): Promise<void> {
  for (;;) {
    const { rows } = await sql<{ waits: boolean }>`
      select exists (select from graphile_worker.jobs where attempts < max_attempts) as waits`.execute(db);
    if (!rows[0]!.waits) return;
    await wait(3);
  }
}
