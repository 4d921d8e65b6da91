import { describe, expect, it } from 'vitest';
import { readArrival } from '../visits/read-arrival.ts';

const shop = 'https://www.shop.example/';

describe('the channel of an arrival', () => {
  // biome-ignore format: a table is read by its columns
  it.each([
    [`${shop}`,                                        null,                                   'direct'],
    [`${shop}`,                                        'https://shop.example/cart',            'direct'],
    [`${shop}`,                                        'https://www.google.co.uk/',            'organic_search'],
    [`${shop}`,                                        'https://mail.google.com/',             'email'],
    [`${shop}`,                                        'android-app://com.google.android.gm/', 'email'],
    [`${shop}`,                                        'https://l.instagram.com/',             'social'],
    [`${shop}`,                                        'https://t.co/abc',                     'social'],
    [`${shop}`,                                        'https://hikers.example/rain',          'referral'],
    [`${shop}?gclid=x`,                                'https://www.google.com/',              'paid'],
    [`${shop}?fbclid=x`,                               null,                                   'social'],
    [`${shop}?fbclid=x&utm_medium=paid_social`,        null,                                   'paid'],
    [`${shop}?utm_medium=CPC`,                         null,                                   'paid'],
    [`${shop}?utm_medium=email`,                       'https://www.google.com/',              'email'],
    [`${shop}?utm_source=newsletter`,                  null,                                   'email'],
    [`${shop}?utm_source=tiktok`,                      null,                                   'social'],
    [`${shop}?utm_medium=organic`,                     null,                                   'organic_search'],
    [`${shop}?utm_medium=affiliate`,                   null,                                   'referral'],
    [`${shop}?utm_medium=unheard-of`,                  'https://hikers.example/',              'referral'],
    ['/products/dress',                                null,                                   'direct'],
  ])('%s from %s is %s', (landing_page, referrer, channel) => {
    expect(readArrival({ landing_page, referrer }).channel).toBe(channel);
  });

  it('keeps what cannot be stored out, and names parameters in full', () => {
    const half = '\ud83d';
    expect(readArrival({ landing_page: `/x${half}`, utm: { source: ' ig ', medium: '' } })).toMatchObject({
      landing_page: '/x\ufffd',
      utm: { utm_source: 'ig' },
      tracking_code: null,
    });
  });
});
