import { type RawBuilder, sql } from 'kysely';
import { type Database, inTransaction } from '../../../database/index.ts';
import { derivedId } from '../../../vocabulary/ids.ts';
import { daysLater } from '../../../vocabulary/period.ts';
import type { Visit } from '../fold-session.ts';
import { writtenColumns } from '../insert-clicks.ts';
import { lockSessions } from '../lock-sessions.ts';
import { settleLateClicks } from '../record-clicks.ts';
import type { RecordContext } from '../record-context.ts';
import { refoldSessions } from '../refold-sessions.ts';

/** The id of the click on a short link, by the session it was given: one session, one click. */
export function linkClickId(linkSession: string): string {
  return derivedId('link click', linkSession);
}

/**
 * Gives the click of a short link, recorded before anybody knew whose it was, to the session that arrived by it. Asked
 * again it finds the click where it is. Where there is none yet the arrival stands for it, and the click is told to stand
 * back (`recordLinkClicks`).
 *
 * @param excluded why the arrival is kept apart, which its click then is too
 * @returns the visit the click opened or belongs to; undefined where there is no such click yet
 */
export async function adoptLinkClick(
  db: Database,
  { linkSession, session, excluded, now }: LinkArrival,
  context: RecordContext,
): Promise<Pick<Visit, 'visit_id' | 'campaign_id' | 'expires_at'> | undefined> {
  const id = linkClickId(linkSession);
  const changed: Record<string, RawBuilder<unknown>> = {
    session_id: sql`${session}::text`,
    excluded: sql`coalesce(${excluded}::text, taken.excluded)`,
  };
  const { visit, unreached } = await inTransaction(db, async (tx) => {
    await lockSessions(tx, [linkSession, session]);
    const { rows: moved } = await sql<{ clicked_at: Date }>`
      with taken as (
        delete from clicks where session_id = ${linkSession} and id = ${id} returning *
      )
      insert into clicks (${sql.raw(writtenColumns.join(', '))})
      select ${sql.join(writtenColumns.map((name) => changed[name] ?? sql.ref(`taken.${name}`)))}
        from taken
      on conflict (session_id, id) do nothing
      returning clicked_at`.execute(tx);
    const visits = await refoldSessions(tx, [session], context.window_days);
    const facts = moved.map(({ clicked_at }) => ({ session_id: session, at: clicked_at }));
    const visit =
      visits.get(session)?.find(({ click_ids }) => click_ids.includes(id)) ??
      (await readApart(tx, session, id, context));
    if (visit === undefined) await noteArrived(tx, linkSession, now);
    return { visit, unreached: await settleLateClicks(tx, facts, context) };
  });
  // An order of the session that was being recorded meanwhile has not seen the click, nor the click it.
  if (!db.isTransaction) await settleLateClicks(db, unreached, context);
  return visit;
}

type LinkArrival = { linkSession: string; session: string; excluded: string | null; now: Date };

async function noteArrived(tx: Database, link_session: string, arrived_at: Date): Promise<void> {
  await tx
    .insertInto('arrived_links')
    .values({ link_session, arrived_at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** A click that is kept apart stands for itself, and belongs to no visit. */
async function readApart(tx: Database, session: string, id: string, { window_days }: RecordContext) {
  const click = await tx
    .selectFrom('clicks')
    .select(['campaign_id', 'clicked_at'])
    .where('session_id', '=', session)
    .where('id', '=', id)
    .executeTakeFirst();
  return click === undefined
    ? undefined
    : { visit_id: id, campaign_id: click.campaign_id, expires_at: daysLater(click.clicked_at, window_days) };
}
