import { sql } from 'kysely';
import type { Database } from '../../../database/index.ts';
import { countNames } from './count-send.ts';
import type { SendRow } from './send-row.ts';
import { type ActivitySums, activityNames, sumActivity } from './sum-activity.ts';
import { type SendSums, sumSend } from './sum-sends.ts';

/** A send before and after a change; without a before it is new. */
export type SendChange = { before: SendRow | undefined; after: SendRow };

/**
 * Adds to the sums of mailings what a change of sends makes of them, in the order of their keys, so that two
 * transactions that meet wait for each other in one direction.
 */
export async function changeRollups(tx: Database, changes: SendChange[]): Promise<void> {
  const sends: SendSums = new Map();
  const activity: ActivitySums = new Map();
  const add = (send: SendRow, times: 1 | -1) => {
    sumSend(sends, send, times);
    sumActivity(activity, send, times);
  };
  for (const { before, after } of changes) {
    if (before !== undefined) add(before, -1);
    add(after, 1);
  }
  const key = { email_campaign_id: 'uuid', grain: 'text', bucket: 'timestamptz', partner_id: 'uuid' };
  await addSums(tx, 'email_rollups', { key, names: countNames, sums: sends });
  const quarter = { email_campaign_id: 'uuid', bucket: 'timestamptz' };
  await addSums(tx, 'email_activity', { key: quarter, names: activityNames, sums: activity });
}

type Sums = Map<string, { key: object; counts: Record<string, number> }>;

async function addSums(
  tx: Database,
  table: 'email_rollups' | 'email_activity',
  { key, names, sums }: { key: Record<string, string>; names: readonly string[]; sums: Sums },
): Promise<void> {
  const moved = [...sums].filter(([, { counts }]) => names.some((name) => counts[name] !== 0));
  if (moved.length === 0) return;
  const sorted = moved.toSorted(([a], [b]) => (a < b ? -1 : 1));
  const sent = JSON.stringify(sorted.map(([, sum]) => ({ ...sum.key, ...sum.counts })));
  const keyNames = Object.keys(key).join(', ');
  const types = [
    ...Object.entries(key).map((column) => column.join(' ')),
    ...names.map((name) => `${name} bigint`),
  ];
  await sql`
    insert into ${sql.ref(table)} (${sql.raw(`${keyNames}, ${names.join(', ')}`)})
    select ${sql.raw(`${keyNames}, ${names.join(', ')}`)}
      from json_to_recordset(${sent}::json) as sent (${sql.raw(types.join(', '))})
    on conflict (${sql.raw(keyNames)}) do update set ${sql.raw(
      names.map((name) => `${name} = ${table}.${name} + excluded.${name}`).join(', '),
    )}`.execute(tx);
}
