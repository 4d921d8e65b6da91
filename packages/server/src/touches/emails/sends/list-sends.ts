import { type Selectable, sql } from 'kysely';
import { z } from 'zod';
import type { Database, Tables } from '../../../database/index.ts';
import { decodeCursor, encodeCursor } from '../../../vocabulary/cursor.ts';
import { notFound } from '../../../vocabulary/errors.ts';
import { pageFields, timestampField } from '../../../vocabulary/fields.ts';
import type { RouteContext } from '../../../vocabulary/route.ts';
import { readEmailCampaign } from '../mailings/read-email-campaigns.ts';
import { eventKinds, sendStatuses, type TimedKind, timedKinds } from './fold-send.ts';

const instant = z.iso.datetime().nullable();
const span = z.object({ first: z.iso.datetime(), last: z.iso.datetime() }).nullable();

/** A send as the API shows it: the first and last time of everything that became of it. */
export const sendData = z.object({
  id: z.uuid(),
  email_campaign_id: z.uuid(),
  recipient_email: z.string().nullable(),
  recipient_name: z.string().nullable(),
  partner_id: z.uuid().nullable(),
  provider: z.string().nullable(),
  message_id: z.string().nullable(),
  status: z.enum(sendStatuses),
  sent_at: z.iso.datetime(),
  ...(Object.fromEntries(timedKinds.map((kind) => [kind, span])) as Record<TimedKind, typeof span>),
  failure_reason: z.string().nullable(),
});
export type SendData = z.output<typeof sendData>;

export const sendWithEventsData = sendData.extend({
  events: z.array(
    z.object({
      id: z.uuid(),
      kind: z.enum(eventKinds),
      occurred_at: z.iso.datetime(),
      provider: z.string(),
      url: z.string().nullable(),
      user_agent: z.string().nullable(),
      machine: z.string().nullable().meta({
        description: 'Why it is taken for a machine: provider, apple_privacy, bot, at_delivery, every_link',
      }),
      reason: z.string().nullable(),
      received_at: instant,
    }),
  ),
});

export const sendFilterFields = z.object({
  ...pageFields,
  status: z.enum(sendStatuses).optional(),
  partner_id: z.uuid().optional(),
  recipient: z.string().max(320).optional().meta({ description: 'The beginning of an address.' }),
});
export type SendFilter = z.output<typeof sendFilterFields>;

type Reading = Pick<RouteContext, 'db' | 'actor'>;

const cursorKey = z.tuple([timestampField, z.uuid()]);

/**
 * The sends of a mailing in the order they were sent, a page at a time.
 * @throws not_found
 */
export async function listSends(
  context: Reading,
  emailCampaignId: string,
  { status, partner_id, recipient, limit, cursor }: SendFilter,
): Promise<{ sends: SendData[]; next_cursor: string | null }> {
  await readEmailCampaign(context, emailCampaignId);
  let query = context.db
    .selectFrom('email_sends')
    .selectAll()
    .where('email_campaign_id', '=', emailCampaignId);
  if (status !== undefined) query = query.where('status', '=', status);
  if (partner_id !== undefined) query = query.where('partner_id', '=', partner_id);
  if (recipient !== undefined) {
    query = query.where('recipient_email', 'ilike', `${recipient.replace(/[\\%_]/g, '\\$&')}%`);
  }
  if (cursor !== undefined) {
    const [at, id] = decodeCursor('sends', cursorKey, cursor);
    query = query.where(sql<boolean>`(sent_at, id) > (${at}, ${id}::uuid)`);
  }
  const rows = await query
    .orderBy('sent_at')
    .orderBy('id')
    .limit(limit + 1)
    .execute();
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return {
    sends: page.map(show),
    next_cursor: hasMore ? encodeCursor('sends', [last.sent_at.toISOString(), last.id]) : null,
  };
}

/**
 * A send with everything that was told of it, in order of time.
 * @throws not_found
 */
export async function readSend(
  context: Reading,
  emailCampaignId: string,
  id: string,
): Promise<z.output<typeof sendWithEventsData>> {
  await readEmailCampaign(context, emailCampaignId);
  const row = await context.db
    .selectFrom('email_sends')
    .selectAll()
    .where('id', '=', id)
    .where('email_campaign_id', '=', emailCampaignId)
    .executeTakeFirst();
  if (row === undefined) throw notFound('send', id);
  return { ...show(row), events: await readEvents(context.db, row) };
}

async function readEvents(db: Database, { recipient_hash, id }: { recipient_hash: Buffer; id: string }) {
  const rows = await db
    .selectFrom('email_events')
    .select([
      'id',
      'kind',
      'occurred_at',
      'provider',
      'url',
      'user_agent',
      'machine',
      'reason',
      'received_at',
    ])
    .where('recipient_hash', '=', recipient_hash)
    .where('send_id', '=', id)
    .orderBy('occurred_at')
    .orderBy('id')
    .execute();
  return rows.map((event) => ({
    ...event,
    kind: event.kind as (typeof eventKinds)[number],
    occurred_at: event.occurred_at.toISOString(),
    received_at: event.received_at.toISOString(),
  }));
}

function show(row: Selectable<Tables['email_sends']>): SendData {
  const spanOf = (kind: TimedKind) => {
    const [first, last] = [row[`${kind}_at`], row[`last_${kind}_at`]];
    return first === null || last === null ? null : { first: first.toISOString(), last: last.toISOString() };
  };
  const { id, email_campaign_id, recipient_email, recipient_name, partner_id, provider, message_id } = row;
  return {
    ...{ id, email_campaign_id, recipient_email, recipient_name, partner_id, provider, message_id },
    status: row.status as SendData['status'],
    sent_at: row.sent_at.toISOString(),
    ...(Object.fromEntries(timedKinds.map((kind) => [kind, spanOf(kind)])) as Pick<SendData, TimedKind>),
    failure_reason: row.failure_reason,
  };
}
