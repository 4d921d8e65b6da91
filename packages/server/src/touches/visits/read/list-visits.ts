import { sql } from 'kysely';
import { z } from 'zod';
import { inSnapshot } from '../../../database/index.ts';
import { decodeCursor, encodeCursor } from '../../../vocabulary/cursor.ts';
import { dayAfter, startOfDay } from '../../../vocabulary/day.ts';
import { dayField, pageFields, timestampField } from '../../../vocabulary/fields.ts';
import type { RouteContext } from '../../../vocabulary/route.ts';
import { timeZoneNamed } from '../../../vocabulary/time-zone.ts';
import { channels } from '../../recognise/classify-arrival.ts';
import { readCampaignTree } from './campaign-tree.ts';
import { openingColumns, type ShownVisit, showVisits } from './show-visits.ts';

const instantOrDay = z.union([dayField, timestampField]).optional();

export const visitFilterFields = z.object({
  ...pageFields,
  from: instantOrDay.meta({ description: 'A day of the zone, or an instant' }),
  to: instantOrDay.meta({ description: 'A day is included whole; an instant is not' }),
  tz: z
    .string()
    .max(100)
    .refine((name) => timeZoneNamed(name) !== undefined, 'must be the IANA name of a time zone')
    .optional()
    .meta({ description: "The zone of days; the installation's by default" }),
  include_children: z.enum(['true', 'false']).default('false'),
  country: z
    .string()
    .regex(/^[A-Za-z]{2}$/, 'must be the two letters of a country, such as DE')
    .optional(),
  device_type: z.enum(['mobile', 'tablet', 'desktop']).optional(),
  channel: z.enum(channels).optional(),
  excluded: z
    .enum(['false', 'true', 'bot', 'own_traffic', 'impossible_rate'])
    .default('false')
    .meta({ description: 'true: those that are kept apart, as bots and own traffic are; or by the reason' }),
});
export type VisitFilter = z.output<typeof visitFilterFields>;

/**
 * The visits of a campaign, the latest first, a page at a time.
 *
 * @throws not_found, or malformed for a cursor of another list
 */
export async function listVisits(
  { db, actor, settings }: Pick<RouteContext, 'db' | 'actor' | 'settings'>,
  campaignId: string,
  filter: VisitFilter,
): Promise<{ visits: ShownVisit[]; next_cursor: string | null }> {
  const { limit, cursor, country, device_type, channel, excluded } = filter;
  const { from, to } = spanOf(filter, filter.tz ?? settings.timeZone);
  return inSnapshot(db, async (tx) => {
    const ids = await readCampaignTree(tx, actor.scope, campaignId, filter.include_children === 'true');
    let query = tx
      .selectFrom('clicks')
      .select(openingColumns)
      .where('campaign_id', '=', sql<string>`any(${ids}::uuid[])`)
      .orderBy('clicked_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit + 1);
    query =
      excluded === 'false' ? query.where('counted', '=', true) : query.where('excluded', 'is not', null);
    if (excluded !== 'false' && excluded !== 'true') query = query.where('excluded', '=', excluded);
    if (from !== null) query = query.where('clicked_at', '>=', from);
    if (to !== null) query = query.where('clicked_at', '<', to);
    if (country !== undefined) query = query.where('country', '=', country.toUpperCase());
    if (device_type !== undefined) query = query.where('device_type', '=', device_type);
    if (channel !== undefined) query = query.where('channel', '=', channel);
    if (cursor !== undefined) {
      const [at, id] = decodeCursor('visits', z.tuple([z.iso.datetime(), z.uuid()]), cursor);
      query = query.where(sql<boolean>`(clicked_at, id) < (${at}::timestamptz, ${id}::uuid)`);
    }
    const rows = await query.execute();
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return {
      visits: await showVisits(tx, rows.slice(0, limit), settings.visitWindowDays),
      next_cursor:
        last === undefined ? null : encodeCursor('visits', [last.clicked_at.toISOString(), last.id]),
    };
  });
}

function spanOf({ from, to }: VisitFilter, timeZone: string) {
  return {
    from: typeof from === 'string' ? startOfDay(from, timeZone) : (from ?? null),
    to: typeof to === 'string' ? startOfDay(dayAfter(to), timeZone) : (to ?? null),
  };
}
