import { remembering } from '../../vocabulary/remember.ts';

/** Where visitors come from, campaign or not. */
export const channels = ['direct', 'organic_search', 'social', 'referral', 'email', 'paid'] as const;
export type Channel = (typeof channels)[number];

/** What an arrival brings along to be told by. */
export type Evidence = {
  click_ids: Record<string, string> | null;
  utm: Record<string, string> | null;
  /** The host of the page before, in lower case; null for none. */
  referrer_host: string | null;
  /** The host arrived at. */
  landing_host: string | null;
};

/**
 * The channel of an arrival, by the first that says something: the click id of an ad; what the link says of its medium
 * or source; the page before. Facebook adds fbclid to every link, paid or not, so it says social and no more.
 */
export function classifyArrival({ click_ids, utm, referrer_host, landing_host }: Evidence): Channel {
  for (const name in click_ids) if (paidClickIds.has(name)) return 'paid';
  return (
    (utm?.utm_medium === undefined ? null : channelOfWord(utm.utm_medium)) ??
    (utm?.utm_source === undefined ? null : channelOfName(utm.utm_source)) ??
    (click_ids?.fbclid === undefined ? null : 'social') ??
    channelOfReferrer(referrer_host, landing_host)
  );
}

/** The ad click ids that are read from a link. */
export const clickIdNames = [
  'gclid',
  'gbraid',
  'wbraid',
  'fbclid',
  'ttclid',
  'msclkid',
  'twclid',
  'li_fat_id',
  'rdt_cid',
];
const paidClickIds = new Set(clickIdNames.filter((name) => name !== 'fbclid'));

const mediums: [RegExp, Channel][] = [
  [/^(.*cp[acmv]|ppc|paid.*|retargeting|remarketing|display|banner|ads?|sem)$/, 'paid'],
  [/^(e-?mail|newsletter|edm)$/, 'email'],
  [/^(social.*|sm|post|reel|story|bio|influencer)$/, 'social'],
  [/^(organic|seo|search)$/, 'organic_search'],
  [/^(referral|affiliates?|partner|link)$/, 'referral'],
  [/^(\(none\)|none|direct)$/, 'direct'],
];

// Words and hosts are few, and come by the thousand.
const channelOfWord = remembering((medium): Channel | null => {
  const word = medium
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-');
  return mediums.find(([pattern]) => pattern.test(word))?.[1] ?? null;
});

const channelOfName = remembering((source): Channel | null => {
  const word = source.trim().toLowerCase();
  if (word === '') return null;
  if (/^(e-?mail|newsletter)$/.test(word)) return 'email';
  return knownSite(word.includes('.') ? word : `${word}.com`);
});

function channelOfReferrer(referrer: string | null, landing: string | null): Channel {
  if (referrer === null || referrer === '' || siteOf(referrer) === siteOf(landing ?? '')) return 'direct';
  return knownSite(referrer) ?? 'referral';
}

const knownSite = remembering((host): Channel | null => {
  return sites.find(([pattern]) => pattern.test(host))?.[1] ?? null;
});

// Mail before search: mail.google.com is no search. Apps come as android-app://NAME.
const sites: [RegExp, Channel][] = [
  [/(^|\.)(mail\.|webmail\.|outlook\.(live|office)|gmail\.|deref-(gmx|web-02))/, 'email'],
  [/^com\.(google\.android\.gm|microsoft\.office\.outlook|yahoo\.mobile\.client\.android\.mail)$/, 'email'],
  [
    /(^|\.)(facebook|instagram|tiktok|linkedin|pinterest|snapchat|reddit|youtube|twitter|tumblr|threads|whatsapp|telegram|discord|quora|xing|vk|weibo)\.[a-z.]{2,6}$/,
    'social',
  ],
  [
    /(^|\.)(fb\.(com|me)|ig\.me|t\.co|x\.com|lnkd\.in|pin\.it|youtu\.be|redd\.it|bsky\.app|mastodon\.\w+|t\.me|wa\.me)$/,
    'social',
  ],
  [
    /^(com\.facebook\.|com\.instagram\.|com\.twitter\.|com\.reddit\.|com\.pinterest$|com\.linkedin\.|com\.zhiliaoapp\.)/,
    'social',
  ],
  [/^(com\.google\.android\.googlequicksearchbox|com\.android\.chrome)$/, 'organic_search'],
  [
    /(^|\.)(google|bing|duckduckgo|yahoo|ecosia|qwant|startpage|baidu|yandex|naver|seznam|brave|ask|aol|sogou|so|swisscows|mojeek|kagi)\.[a-z.]{2,6}$/,
    'organic_search',
  ],
];

/** `www.shop.example` and `shop.example` are one site. */
function siteOf(host: string): string {
  return host.replace(/^(www|m)\./, '');
}
