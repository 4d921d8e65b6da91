import {
  type BinaryColumn,
  binaryRows,
  type Database,
  rowTypeOf,
  runPrepared,
} from '../../../database/index.ts';
import type { NewClick } from '../insert-clicks.ts';

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
  const sent = binaryRows(clicks, await rowTypeOf(db, 'sent_click'), columns);
  const rows = await runPrepared<{ id: string; campaign_id: string | null }>(db, statement, [sent]);
  return new Map(rows.map(({ id, campaign_id }) => [id, campaign_id]));
}

// Of the type `sent_click`, in its order.
const columns: BinaryColumn<NewClick>[] = [
  { type: 'timestamptz', pick: (click) => click.clicked_at },
  { type: 'uuid', pick: (click) => click.id },
  { type: 'text', pick: (click) => click.session_id },
  { type: 'text', pick: (click) => click.tracking_code },
  { type: 'text', pick: (click) => click.channel },
  { type: 'text', pick: (click) => click.excluded },
  { type: 'text', pick: (click) => click.landing_page },
  { type: 'text', pick: (click) => click.referrer },
  { type: 'jsonb', pick: (click) => click.utm },
  { type: 'jsonb', pick: (click) => click.click_ids },
  { type: 'text', pick: (click) => click.device_type },
  { type: 'text', pick: (click) => click.browser },
  { type: 'text', pick: (click) => click.os },
  { type: 'text', pick: (click) => click.country },
  { type: 'text', pick: (click) => click.city },
  { type: 'bytea', pick: (click) => click.address_hash },
  { type: 'text', pick: (click) => click.address },
  { type: 'text', pick: (click) => click.user_agent },
];

// The look for others of the session stands by itself: as a join it might be planned to read all clicks there are.
const statement = {
  name: 'insert-first-clicks',
  text: `
    insert into clicks (visit_id, id, clicked_at, received_at, campaign_id, received_via, session_id, tracking_code,
                        channel, excluded, landing_page, referrer, utm, click_ids, device_type, browser, os, country,
                        city, address_hash, address, user_agent)
    select sent.id, sent.id, sent.clicked_at, sent.clicked_at, holder.id, 'tracker', sent.session_id, sent.tracking_code,
           sent.channel, sent.excluded, sent.landing_page, sent.referrer, sent.utm, sent.click_ids, sent.device_type,
           sent.browser, sent.os, sent.country, sent.city, sent.address_hash, sent.address, sent.user_agent
      from unnest($1::sent_click[]) as sent
      left join campaigns holder on lower(holder.tracking_code) = sent.tracking_code and holder.channel is null
     where (select true from clicks held where held.session_id = sent.session_id limit 1) is null
    returning id, campaign_id`,
};
