import { type Database, jsonArray, plainArray, runPrepared, textArray } from '../../../database/index.ts';
import type { NewClick } from '../insert-clicks.ts';

/**
 * Inserts those live clicks whose session has no other yet, each as a visit of its own, for the campaign that has its
 * code. One prepared statement, in which nearly everything is that the intake costs the database: about 27 µs a click in
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
  const values = arrays.map((arrayOf) => arrayOf(clicks));
  const rows = await runPrepared<{ id: string; campaign_id: string | null }>(db, statement, values);
  return new Map(rows.map(({ id, campaign_id }) => [id, campaign_id]));
}

type ArrayOf = (clicks: NewClick[]) => string;

const ids: ArrayOf = (clicks) => plainArray(clicks, ({ id }) => id);
// As a number, which both sides read and write faster than a date.
const seconds: ArrayOf = (clicks) => plainArray(clicks, ({ clicked_at }) => clicked_at.getTime() / 1000);
const text =
  (name: TextColumn): ArrayOf =>
  (clicks) =>
    clicks.every((click) => click[name] === null) ? nulls : textArray(clicks, (click) => click[name]);
const json =
  (name: 'utm' | 'click_ids'): ArrayOf =>
  (clicks) =>
    jsonArray(clicks, (click) => click[name]);
// Of several arrays the shorter ones are filled up with nulls, and most batches have some without anything else.
const nulls = '{}';

type TextColumn = {
  [Name in keyof NewClick]: NewClick[Name] extends string | null ? Name : never;
}[keyof NewClick];

const columns = {
  session_id: ['text', text('session_id')],
  id: ['uuid', ids],
  tracking_code: ['text', text('tracking_code')],
  channel: ['text', text('channel')],
  excluded: ['text', text('excluded')],
  landing_page: ['text', text('landing_page')],
  referrer: ['text', text('referrer')],
  utm: ['jsonb', json('utm')],
  click_ids: ['jsonb', json('click_ids')],
  device_type: ['text', text('device_type')],
  browser: ['text', text('browser')],
  os: ['text', text('os')],
  country: ['text', text('country')],
  city: ['text', text('city')],
  address_hash: ['bytea', text('address_hash')],
  address: ['text', text('address')],
  user_agent: ['text', text('user_agent')],
} as const satisfies Record<string, readonly [string, ArrayOf]>;

const names = Object.keys(columns);
const arrays = [seconds, ...Object.values(columns).map(([, arrayOf]) => arrayOf)];
const types = ['float8', ...Object.values(columns).map(([type]) => type)];
const parameters = types.map((type, place) => `$${place + 1}::${type}[]`);

// The look for others of the session stands by itself: as a join it might be planned to read all clicks there are.
const statement = {
  name: 'insert-first-clicks',
  text: `
    insert into clicks (visit_id, clicked_at, received_at, campaign_id, received_via, ${names.join(', ')})
    select sent.id, to_timestamp(sent.seconds), to_timestamp(sent.seconds), holder.id, 'tracker',
           ${names.map((name) => `sent.${name}`).join(', ')}
      from unnest(${parameters.join(', ')}) as sent (seconds, ${names.join(', ')})
      left join campaigns holder on lower(holder.tracking_code) = sent.tracking_code and holder.channel is null
     where (select true from clicks held where held.session_id = sent.session_id limit 1) is null
    returning id, campaign_id`,
};
