import {
  type BinaryType,
  binaryRows,
  type Database,
  runPrepared,
  withRowType,
} from '../../../database/index.ts';
import { clickColumns, type NewClick } from '../insert-clicks.ts';

/**
 * Inserts those live clicks whose session has no other yet, each as a visit of its own, for the campaign that has its
 * code. One prepared statement, in which nearly everything is that the intake costs the database: about 20 µs a click in
 * batches of sixty-four. A click that is there already fails the batch, whose rows are tried again one by one and then have
 * others.
 *
 * @param clicks of the tracker, one of a session at most, each received at the moment it was made
 * @returns the campaign of each that was inserted, by its id
 */
export async function insertFirstClicks(
  db: Database,
  clicks: NewClick[],
): Promise<Map<string, string | null>> {
  if (clicks.length === 0) return new Map();
  const rows = await withRowType(db, 'sent_click', (sentClick) =>
    runPrepared<{ id: string; campaign_id: string | null }>(db, statement, [
      binaryRows(clicks, sentClick, sent),
    ]),
  );
  return new Map(rows.map(({ id, campaign_id }) => [id, campaign_id]));
}

// Found, or the same for all of them.
const unsent = new Set(['campaign_id', 'received_via', 'received_at']);
// As the type `sent_click` has them, in its order.
const sent = (Object.entries(clickColumns) as [keyof NewClick, BinaryType][]).filter(
  ([name]) => !unsent.has(name),
);
const names = sent.map(([name]) => name);

// The look for others of the session stands by itself: as a join it might be planned to read all clicks there are.
const statement = {
  name: 'insert-first-clicks',
  text: `
    insert into clicks (visit_id, received_at, campaign_id, received_via, ${names.join(', ')})
    select sent.id, sent.clicked_at, holder.id, 'tracker', ${names.map((name) => `sent.${name}`).join(', ')}
      from unnest($1::sent_click[]) as sent
      left join campaigns holder on lower(holder.tracking_code) = sent.tracking_code and holder.channel is null
     where (select true from clicks held where held.session_id = sent.session_id limit 1) is null
    returning id, campaign_id`,
};
