import { describe, expect, test } from 'vitest';
import { whyNot } from './why-not.ts';

const day = (text: string) => new Date(`2026-${text}T00:00:00Z`);
const period = (from: string, to?: string) => ({ from: day(from), to: to === undefined ? null : day(to) });
const always = [{ period: period('01-01') }];
const alive = { status: 'running', ended_at: null, ends_at: null };

describe('why a campaign is credited or not is said with its dates', () => {
  const running = [period('02-01', '02-10'), period('02-20')];
  const stopped = [period('02-01', '02-10')];
  test.each([
    [
      'before its first start',
      { ...alive, running_periods: running, targets: always },
      '01-15',
      'not_yet_running',
      'It was not yet running: it ran from 2026-02-01T00:00:00Z.',
    ],
    [
      'at the instant of its start',
      { ...alive, running_periods: running, targets: always },
      '02-01',
      'matched',
      'It ran from 2026-02-01T00:00:00Z until 2026-02-10T00:00:00Z and targeted the product from 2026-01-01T00:00:00Z on.',
    ],
    [
      'at the instant it was paused',
      { ...alive, running_periods: running, targets: always },
      '02-10',
      'paused',
      'It was paused from 2026-02-10T00:00:00Z to 2026-02-20T00:00:00Z.',
    ],
    [
      'in the pause',
      { ...alive, running_periods: running, targets: always },
      '02-15',
      'paused',
      'It was paused from 2026-02-10T00:00:00Z to 2026-02-20T00:00:00Z.',
    ],
    [
      'after it was paused for good',
      { ...alive, status: 'paused', running_periods: stopped, targets: always },
      '02-15',
      'paused',
      'It has been paused since 2026-02-10T00:00:00Z.',
    ],
    [
      'after its end',
      { ...alive, status: 'ended', ended_at: day('02-10'), running_periods: stopped, targets: always },
      '02-15',
      'ended',
      'It had ended: it ran until 2026-02-10T00:00:00Z.',
    ],
    [
      'after an end that nobody noticed',
      { ...alive, ends_at: day('02-10'), running_periods: stopped, targets: always },
      '02-15',
      'ended',
      'It had ended: it ran until 2026-02-10T00:00:00Z.',
    ],
    [
      'ended while paused',
      { ...alive, status: 'ended', ended_at: day('03-01'), running_periods: stopped, targets: always },
      '02-15',
      'ended',
      'It had stopped running on 2026-02-10T00:00:00Z and ended on 2026-03-01T00:00:00Z.',
    ],
    [
      'a draft',
      { ...alive, status: 'draft', running_periods: [], targets: always },
      '02-15',
      'never_started',
      'It is a draft: it has never run.',
    ],
    [
      'targeted only later',
      { ...alive, running_periods: running, targets: [{ period: period('02-05') }] },
      '02-03',
      'not_yet_targeted',
      'It targeted the product only from 2026-02-05T00:00:00Z.',
    ],
    [
      'target removed',
      { ...alive, running_periods: running, targets: [{ period: period('02-01', '02-21') }] },
      '02-22',
      'target_removed',
      'The product was removed from its targets on 2026-02-21T00:00:00Z.',
    ],
    [
      'target removed and added again later',
      {
        ...alive,
        running_periods: running,
        targets: [{ period: period('02-01', '02-03') }, { period: period('02-05') }],
      },
      '02-04',
      'target_removed',
      'The product was removed from its targets on 2026-02-03T00:00:00Z, and targeted again from 2026-02-05T00:00:00Z.',
    ],
  ])('%s', (_, campaign, sale, code, sentence) => {
    expect(whyNot(campaign, day(sale))[0]).toEqual({ code, sentence });
  });

  test('two reasons are both given', () => {
    const campaign = { ...alive, running_periods: running, targets: [{ period: period('02-12') }] };
    expect(whyNot(campaign, day('01-15')).map(({ code }) => code)).toEqual([
      'not_yet_running',
      'not_yet_targeted',
    ]);
  });
});
