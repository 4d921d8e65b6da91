import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { Tables } from '../database/index.ts';
import { decodeCursor, encodeCursor } from '../vocabulary/cursor.ts';
import { dayAfter, startOfDay } from '../vocabulary/day.ts';
import { dayField, pageFields, timestampField } from '../vocabulary/fields.ts';
import type { CampaignContext, CampaignRow } from './campaign.ts';
import { campaignTypes, idField, platforms, statuses } from './campaign-fields.ts';
import { effectiveStatusSql } from './effective-status.ts';
import { seenCampaigns } from './seen-campaigns.ts';
import { type ListedCampaign, showCampaigns } from './show-campaign.ts';

const severalOf = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(words)))
    .optional()
    .meta({ type: 'string', description: `One or several of ${words.join(', ')}, with commas between.` });

const instantOrDay = z.union([dayField, timestampField]).optional();

export const campaignFilterFields = z.object({
  ...pageFields,
  status: severalOf(statuses),
  platform: severalOf(platforms),
  campaign_type: severalOf(campaignTypes),
  parent_campaign_id: z
    .union([idField, z.literal('none')])
    .optional()
    .meta({ description: 'Children of this campaign; `none`: those without a parent.' }),
  owner: z.string().optional(),
  search: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .optional()
    .meta({ description: 'Part of the name or tracking code.' }),
  from: instantOrDay.meta({
    description: 'Campaigns that ran or started in the range; a day or an instant.',
  }),
  to: instantOrDay.meta({ description: 'A day is included whole; an instant is not.' }),
  archived: z
    .enum(['false', 'true', 'all'])
    .default('false')
    .meta({ description: 'Hide the archived ones, show only them, or show all.' }),
  sort: z.enum(['created_at', 'updated_at', 'starts_at', 'name']).default('created_at'),
  order: z
    .enum(['asc', 'desc'])
    .optional()
    .meta({ description: 'By default names ascend, and the latest date comes first.' }),
});
export type CampaignFilter = z.output<typeof campaignFilterFields>;

/**
 * Campaigns that the filter lets through and who asks may see, a page at a time.
 * @throws malformed for a cursor of another list or order
 */
export async function listCampaigns(
  { db, clock, settings, actor }: CampaignContext,
  filter: CampaignFilter,
): Promise<{ campaigns: ListedCampaign[]; next_cursor: string | null }> {
  const now = clock.now();
  const { sort, order = sort === 'name' ? 'asc' : 'desc', limit, cursor } = filter;
  const list = `campaigns:${sort}:${order}`;
  const sortKey: RawBuilder<string | Date> = sort === 'name' ? sql`lower(name)` : sql`${sql.ref(sort)}`;

  const seen = seenCampaigns(db, actor.scope).selectFrom('campaigns').selectAll();
  let page = matching(seen, filter, settings.timeZone, now)
    .select(sortKey.as('sort_key'))
    .orderBy(sortKey, order)
    .orderBy('id', order);
  if (cursor !== undefined) {
    const [key, id] = decodeCursor(list, z.tuple([z.string(), z.uuid()]), cursor);
    const beyond = order === 'asc' ? sql`>` : sql`<`;
    const value = sort === 'name' ? sql`${key}::text` : sql`${key}::timestamptz`;
    page = page.where(sql<boolean>`(${sortKey}, id) ${beyond} (${value}, ${id}::uuid)`);
  }
  const rows = await page.limit(limit + 1).execute();
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  const shown = rows.slice(0, limit).map(({ sort_key: _, ...campaign }): CampaignRow => campaign);
  return {
    campaigns: await showCampaigns(db, shown, now, settings),
    next_cursor: last === undefined ? null : encodeCursor(list, [textOf(last.sort_key), last.id]),
  };
}

type Query<Row> = SelectQueryBuilder<Tables, 'campaigns', Row>;

function matching<Row>(
  campaigns: Query<Row>,
  filter: CampaignFilter,
  timeZone: string,
  now: Date,
): Query<Row> {
  const { status, platform, campaign_type, parent_campaign_id, owner, search, archived } = filter;
  let query = campaigns;
  if (status !== undefined) query = query.where(effectiveStatusSql(now), 'in', status);
  if (platform !== undefined) query = query.where('platform', 'in', platform);
  if (campaign_type !== undefined) query = query.where('campaign_type', 'in', campaign_type);
  if (parent_campaign_id === 'none') query = query.where('parent_campaign_id', 'is', null);
  else if (parent_campaign_id !== undefined)
    query = query.where('parent_campaign_id', '=', parent_campaign_id);
  if (owner !== undefined) query = query.where('owner', '=', owner);
  if (archived !== 'all') query = query.where('archived_at', archived === 'true' ? 'is not' : 'is', null);
  if (search !== undefined) {
    const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
    query = query.where((each) =>
      each.or([each('name', 'ilike', pattern), each('tracking_code', 'ilike', pattern)]),
    );
  }
  if (filter.from !== undefined || filter.to !== undefined) {
    query = query.where(ranWithin(startOf(filter.from, timeZone), endOf(filter.to, timeZone)));
  }
  return query;
}

function ranWithin(from: Date | null, to: Date | null) {
  const range = sql`tstzrange(${from}::timestamptz, ${to}::timestamptz)`;
  return sql<boolean>`(
    starts_at <@ ${range}
    or exists (
      select from campaign_running_periods as running where running.campaign_id = campaigns.id and running.period && ${range}
    )
  )`;
}

function startOf(from: string | Date | undefined, timeZone: string): Date | null {
  return typeof from === 'string' ? startOfDay(from, timeZone) : (from ?? null);
}

function endOf(to: string | Date | undefined, timeZone: string): Date | null {
  return typeof to === 'string' ? startOfDay(dayAfter(to), timeZone) : (to ?? null);
}

function textOf(key: string | Date): string {
  return typeof key === 'string' ? key : key.toISOString();
}
