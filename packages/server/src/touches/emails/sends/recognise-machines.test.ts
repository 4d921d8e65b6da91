import { describe, expect, it } from 'vitest';
import { type Engagement, recogniseMachines } from './recognise-machines.ts';

const delivery = { occurred_at: new Date('2026-02-01T12:00:00Z'), provider: 'sendgrid' };
const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0';

function event(id: string, kind: string, seconds: number, more: Partial<Engagement> = {}): Engagement {
  const occurred_at = new Date(delivery.occurred_at.getTime() + seconds * 1000);
  return {
    id,
    kind,
    occurred_at,
    provider: 'sendgrid',
    url: null,
    user_agent: firefox,
    flagged: false,
    ...more,
  };
}

function reasons(...events: Engagement[]) {
  return Object.fromEntries(recogniseMachines(events, [delivery]));
}

describe('an open or a click', () => {
  // biome-ignore format: a story table is read by its columns
  it.each<[string, Engagement, string | null]>([
    ['minutes after the delivery is a person',       event('e', 'opened', 300),                                        null],
    ['that the provider flags is a machine',          event('e', 'opened', 300, { flagged: true }),                     'provider'],
    ["of Apple's privacy proxy is a machine",         event('e', 'opened', 300, { user_agent: 'Mozilla/5.0' }),         'apple_privacy'],
    ["through Gmail's proxy is a person",             event('e', 'opened', 300, { user_agent: 'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)' }), null],
    ['in a mail program is a person',                  event('e', 'opened', 300, { user_agent: 'Outlook-iOS/2.0' }),      null],
    ["through Yahoo's proxy is a person",              event('e', 'opened', 300, { user_agent: 'YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html' }), null],
    ['by a scanner that says so is a machine',         event('e', 'opened', 300, { user_agent: 'Barracuda Sentinel (EE)' }), 'bot'],
    ['by a crawler that says so is a machine',         event('e', 'opened', 300, { user_agent: 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)' }), 'bot'],
    ['by a program that says what it is is a machine', event('e', 'clicked', 300, { user_agent: 'python-requests/2.31' }), 'bot'],
    ['without a user agent is a person',              event('e', 'clicked', 300, { user_agent: null }),                 null],
    ['right after the delivery is a machine',         event('e', 'clicked', 2),                                         'at_delivery'],
    ['right before the delivery is a machine',        event('e', 'clicked', -3),                                        'at_delivery'],
    ['six seconds after the delivery is a person',    event('e', 'clicked', 6),                                         null],
    ['told at the very minute of the delivery is a person', event('e', 'opened', 0, { provider: 'told' }),              null],
    ['told seconds after the delivery is a machine',  event('e', 'opened', 2, { provider: 'told' }),                    'at_delivery'],
  ])('%s', (_, engagement, reason) => {
    expect(reasons(engagement)).toEqual({ e: reason });
  });
});

describe('clicks on several links', () => {
  it('within seconds are those of a scanner, all of them', () => {
    const clicks = ['a', 'b', 'c'].map((url, place) => event(url, 'clicked', 600 + place, { url }));
    expect(reasons(...clicks)).toEqual({ a: 'every_link', b: 'every_link', c: 'every_link' });
  });

  it('are a person when there are two, when it is one link again, or when minutes lie between', () => {
    const two = ['a', 'b'].map((url, place) => event(url, 'clicked', 600 + place, { url }));
    const again = [1, 2, 3].map((n) => event(`same${n}`, 'clicked', 700 + n, { url: 'a' }));
    const slow = ['a', 'b', 'c'].map((url, place) =>
      event(`slow${url}`, 'clicked', 900 + 60 * place, { url }),
    );
    const judged = reasons(...two, ...again.map((click) => ({ ...click })), ...slow);
    expect(new Set(Object.values(judged))).toEqual(new Set([null]));
  });
});
