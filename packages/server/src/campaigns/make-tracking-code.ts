import { sql } from 'kysely';
import type { Database } from '../database/index.ts';
import type { CampaignType, Platform } from './campaign-fields.ts';

/**
 * The stem of a tracking code, from what the campaign is: ("Summer Dress Reel - Instagram", a reel on instagram) →
 * `INSTA_SUMMER_DRESS`. Words that only repeat the platform or the type are left out; a name without any Latin
 * letter or digit gives the type's name.
 */
export function trackingCodeStem(campaign: {
  name: string;
  platform: Platform;
  campaign_type: CampaignType;
}): string {
  const said = new Set([campaign.platform, campaign.campaign_type].map((word) => word.toUpperCase()));
  const words = campaign.name
    .normalize('NFKD')
    .replace(/\p{Mark}|['’]/gu, '')
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .filter((word) => word !== '' && !said.has(word));
  const name = firstWords(words) || campaign.campaign_type.toUpperCase();
  return [prefixes[campaign.platform], name].filter((part) => part !== '').join('_');
}

/** The stem with a counter, `INSTA_SUMMER_DRESS_01`: the next one after those in use. Another may take it meanwhile. */
export async function nextTrackingCode(db: Database, stem: string): Promise<string> {
  const { last } = await db
    .selectFrom('campaigns')
    .select(sql<number | null>`max(substring(lower(tracking_code) from '_([0-9]{2,6})$')::int)`.as('last'))
    .where(sql<boolean>`lower(tracking_code) ~ ${`^${stem.toLowerCase()}_[0-9]{2,6}$`}`)
    .executeTakeFirstOrThrow();
  return `${stem}_${String((last ?? 0) + 1).padStart(2, '0')}`;
}

const prefixes: Record<Platform, string> = {
  facebook: 'FB',
  instagram: 'INSTA',
  google: 'GOOGLE',
  tiktok: 'TIKTOK',
  youtube: 'YT',
  x: 'X',
  linkedin: 'LI',
  pinterest: 'PIN',
  snapchat: 'SNAP',
  reddit: 'REDDIT',
  email: 'EMAIL',
  sms: 'SMS',
  affiliate: 'AFF',
  influencer: 'INF',
  offline: 'OFFLINE',
  multi: '',
  other: '',
};

// A code is read aloud and typed from posters: whole words, while they are few.
function firstWords(words: string[]): string {
  const longest = 32;
  let text = words[0]?.slice(0, longest) ?? '';
  for (const word of words.slice(1)) {
    if (text.length + 1 + word.length > longest) break;
    text += `_${word}`;
  }
  return text;
}
