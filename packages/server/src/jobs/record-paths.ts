import { sql } from 'kysely';
import type { Database } from '../database/index.ts';
import type { Touch } from '../vocabulary/credit.ts';

/** Keeps with each order the path it was settled by, in place of the one before. */
export async function recordPaths(
  tx: Database,
  orders: { order_id: string; path: Touch[] }[],
): Promise<void> {
  if (orders.length === 0) return;
  const ids = orders.map(({ order_id }) => order_id);
  const rows = orders.flatMap(({ order_id, path }) =>
    path.map(({ channel_campaign_id: _, expires_at: __, ...touch }, place) => ({
      order_id,
      position: place + 1,
      ...touch,
    })),
  );
  await sql`
    delete from order_touches held
     where held.order_id = any(${ids}::uuid[])
       and not exists (
         select from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
                as t (order_id uuid, position int, touch_id uuid, campaign_id uuid, last_activity_at timestamptz)
          where t.order_id = held.order_id and t.position = held.position and t.touch_id = held.touch_id
            and t.campaign_id is not distinct from held.campaign_id and t.last_activity_at = held.last_activity_at)`.execute(
    tx,
  );
  if (rows.length === 0) return;
  await sql`
    insert into order_touches
      (order_id, position, touch_id, kind, campaign_id, channel, session_id, touched_at, last_activity_at)
    select t.order_id, t.position, t.touch_id, t.kind, t.campaign_id, t.channel, t.session_id, t.touched_at,
           t.last_activity_at
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as t (order_id uuid, position int, touch_id uuid, kind text, campaign_id uuid, channel text, session_id text,
              touched_at timestamptz, last_activity_at timestamptz)
    on conflict (order_id, position) do nothing`.execute(tx);
}
