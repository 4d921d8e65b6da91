import type { PlannedCampaign } from './campaign-plan.ts';

/** What the visitors of the demo look at it with. */
export const agents = [
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
    30,
  ],
  [
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0.0.0 Mobile Safari/537.36',
    28,
  ],
  [
    'Mozilla/5.0 (Linux; Android 15; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36',
    6,
  ],
  [
    'Mozilla/5.0 (iPad; CPU OS 17_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.7 Mobile/15E148 Safari/604.1',
    6,
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0.0.0 Safari/537.36',
    16,
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0.0.0 Safari/537.36 Edg/137.0.0.0',
    5,
  ],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
    6,
  ],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 3],
] as const;

export const crawlers = [
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  'Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)',
  'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
] as const;

export const countries = [
  ['DE', 62],
  ['AT', 12],
  ['CH', 9],
  ['NL', 5],
  ['FR', 4],
  ['PL', 3],
  ['DK', 2],
  ['US', 3],
] as const;

/** The page before: of who came by a campaign, by its platform; of everybody else, by weight. */
export const referrers = {
  of: {
    facebook: 'https://l.facebook.com/',
    instagram: 'https://l.instagram.com/',
    google: 'https://www.google.com/',
    tiktok: 'https://www.tiktok.com/',
    youtube: 'https://www.youtube.com/',
    email: null,
    multi: null,
  } satisfies Record<PlannedCampaign['platform'], string | null>,
  other: [
    [null, 44],
    ['https://www.google.com/', 34],
    ['https://duckduckgo.com/', 4],
    ['https://www.instagram.com/', 8],
    ['https://hikingforum.example/threads/rain', 10],
  ] as (readonly [string | null, number])[],
};
