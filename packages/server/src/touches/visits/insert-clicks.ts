import { sql } from 'kysely';
import type { BinaryType, Database } from '../../database/index.ts';

/** A click as it will be kept. Its id makes it the same when it is sent again. */
export type NewClick = {
  session_id: string;
  id: string;
  clicked_at: Date;
  /** Null: the campaign that has the code, if one does. */
  campaign_id: string | null;
  /** In lower case. */
  tracking_code: string | null;
  channel: string;
  received_via: 'tracker' | 'link' | 'batch';
  /** Why it is kept apart and never credited. */
  excluded: 'bot' | 'own_traffic' | 'impossible_rate' | null;
  landing_page: string | null;
  referrer: string | null;
  utm: Record<string, string> | null;
  click_ids: Record<string, string> | null;
  device_type: string | null;
  browser: string | null;
  os: string | null;
  country: string | null;
  city: string | null;
  /** Bytes as PostgreSQL writes them, `\\x1f…`. */
  address_hash: string | null;
  address: string | null;
  user_agent: string | null;
  received_at: Date;
};

/** A click that was not there before; `is_first` says whether its session had no other. */
export type Inserted = { id: string; campaign_id: string | null; is_first: boolean };

/**
 * Inserts clicks that are not there yet, each as a visit of its own, which it is when its session has no other click.
 * Without a campaign, or with one that was deleted just now, it gets the one that has its code.
 *
 * @returns the inserted ones by their ids
 */
export async function insertClicks(tx: Database, clicks: NewClick[]): Promise<Map<string, Inserted>> {
  if (clicks.length === 0) return new Map();
  const sent = sql`json_to_recordset(${JSON.stringify(clicks)}::json) as sent (${definitions})`;
  const inserted = await sql<Inserted>`
    with sent as materialized (
      select ${sql.raw(resolved)},
             not exists (select from clicks held where held.session_id = sent.session_id) as is_first
        from ${sent}
        left join campaigns given on given.id = sent.campaign_id
        left join campaigns holder on lower(holder.tracking_code) = sent.tracking_code and holder.channel is null
    ), inserted as (
      insert into clicks (visit_id, ${names}) select id, ${names} from sent
      on conflict (session_id, id) do nothing
      returning id, campaign_id
    )
    select inserted.id, inserted.campaign_id, sent.is_first from inserted join sent on sent.id = inserted.id`.execute(
    tx,
  );
  return new Map(inserted.rows.map((row) => [row.id, row]));
}

/** What is written of a click, by the types of its columns. */
export const clickColumns = {
  session_id: 'text',
  id: 'uuid',
  clicked_at: 'timestamptz',
  campaign_id: 'uuid',
  tracking_code: 'text',
  channel: 'text',
  received_via: 'text',
  excluded: 'text',
  landing_page: 'text',
  referrer: 'text',
  utm: 'jsonb',
  click_ids: 'jsonb',
  device_type: 'text',
  browser: 'text',
  os: 'text',
  country: 'text',
  city: 'text',
  address_hash: 'bytea',
  address: 'text',
  user_agent: 'text',
  received_at: 'timestamptz',
} as const satisfies Record<keyof NewClick, BinaryType>;

const names = sql.raw(Object.keys(clickColumns).join(', '));

/** The columns of a click that are written; the others follow from them. */
export const writtenColumns = ['visit_id', ...Object.keys(clickColumns)];
const definitions = sql.raw(
  Object.entries(clickColumns)
    .map((column) => column.join(' '))
    .join(', '),
);
const resolved = Object.keys(clickColumns)
  .map((name) => (name === 'campaign_id' ? 'coalesce(given.id, holder.id) as campaign_id' : `sent.${name}`))
  .join(', ');
