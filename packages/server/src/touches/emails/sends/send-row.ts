import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import { type Database, recordSet, type Tables } from '../../../database/index.ts';
import { derivedId } from '../../../vocabulary/ids.ts';
import { timedKinds } from './fold-send.ts';

export type SendRow = Selectable<Tables['email_sends']>;

/** A send is one mail of a mailing to one recipient, so its id is theirs. */
export function sendIdOf(emailCampaignId: string, recipientHash: Buffer): string {
  return derivedId('send', emailCampaignId, recipientHash.toString('hex'));
}

const timeColumns = Object.fromEntries(
  timedKinds.flatMap((kind) => [
    [`${kind}_at`, 'timestamptz'],
    [`last_${kind}_at`, 'timestamptz'],
  ]),
) as Record<`${(typeof timedKinds)[number]}_at` | `last_${(typeof timedKinds)[number]}_at`, 'timestamptz'>;

const keyColumns = { recipient_hash: 'bytea', id: 'uuid' } as const;
const toldColumns = {
  partner_id: 'uuid',
  recipient_email: 'text',
  recipient_name: 'text',
  told_sent_at: 'timestamptz',
  provider: 'text',
  message_id: 'text',
} as const;
const foldedColumns = {
  sent_at: 'timestamptz',
  status: 'text',
  ...timeColumns,
  failure_reason: 'text',
} as const;
const allColumns = {
  ...keyColumns,
  email_campaign_id: 'uuid',
  ...toldColumns,
  created_at: 'timestamptz',
  ...foldedColumns,
} as const;

/** Inserts sends that are not there yet. @returns the ids of those that were not */
export async function insertSends(tx: Database, sends: SendRow[]): Promise<Set<string>> {
  if (sends.length === 0) return new Set();
  const { names, rows } = recordSet(allColumns, sends);
  const inserted = await sql<{ id: string }>`
    insert into email_sends (${names}) select ${names} from ${rows} order by recipient_hash, id
    on conflict (recipient_hash, id) do nothing returning id`.execute(tx);
  return new Set(inserted.rows.map(({ id }) => id));
}

/** Holds sends against other changes, in the order of their keys. */
export async function lockSends(
  tx: Database,
  keys: Pick<SendRow, 'recipient_hash' | 'id'>[],
): Promise<Map<string, SendRow>> {
  if (keys.length === 0) return new Map();
  const rows = await tx
    .selectFrom('email_sends')
    .selectAll()
    .where('recipient_hash', '=', sql<Buffer>`any(${keys.map((key) => key.recipient_hash)}::bytea[])`)
    .where('id', '=', sql<string>`any(${keys.map(({ id }) => id)}::uuid[])`)
    .orderBy('recipient_hash')
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

const changing = { ...toldColumns, ...foldedColumns } as const;
const assignments = sql.raw(
  Object.keys(changing)
    .map((name) => `${name} = sent.${name}`)
    .join(', '),
);

export async function updateSends(tx: Database, sends: SendRow[]): Promise<void> {
  if (sends.length === 0) return;
  const { rows } = recordSet({ ...keyColumns, ...changing }, sends);
  await sql`
    update email_sends set ${assignments} from ${rows}
     where email_sends.recipient_hash = sent.recipient_hash and email_sends.id = sent.id`.execute(tx);
}
