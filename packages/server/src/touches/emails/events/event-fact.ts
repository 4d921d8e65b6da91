import { sql } from 'kysely';
import { type Database, recordSet } from '../../../database/index.ts';
import { derivedId } from '../../../vocabulary/ids.ts';
import type { EventKind } from '../sends/fold-send.ts';

/** An event as it is kept; `send_id` null while no send is known that it is about. */
export type EventFact = {
  recipient_hash: Buffer;
  id: string;
  send_id: string | null;
  kind: EventKind;
  occurred_at: Date;
  provider: string;
  message_id: string | null;
  url: string | null;
  user_agent: string | null;
  flagged: boolean;
  machine: string | null;
  reason: string | null;
  received_at: Date;
};

/** What a provider calls an event makes it the same event, however often it comes. */
export function eventIdOf(provider: string, eventId: string): string {
  return derivedId('email_event', provider, eventId);
}

const columns = {
  recipient_hash: 'bytea',
  id: 'uuid',
  send_id: 'uuid',
  kind: 'text',
  occurred_at: 'timestamptz',
  provider: 'text',
  message_id: 'text',
  url: 'text',
  user_agent: 'text',
  flagged: 'boolean',
  machine: 'text',
  reason: 'text',
  received_at: 'timestamptz',
} as const;

/** Keeps events that are not kept yet. @returns the ids of those that were not */
export async function insertEvents(tx: Database, events: EventFact[]): Promise<Set<string>> {
  if (events.length === 0) return new Set();
  const { names, rows } = recordSet(columns, events);
  const inserted = await sql<{ id: string }>`
    insert into email_events (${names}) select ${names} from ${rows} order by recipient_hash, id
    on conflict (recipient_hash, id) do nothing returning id`.execute(tx);
  return new Set(inserted.rows.map(({ id }) => id));
}
