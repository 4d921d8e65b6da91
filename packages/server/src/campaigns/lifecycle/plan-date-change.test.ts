import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../../test/refusal-of.ts';
import { day, periods, told } from '../../../test/story-days.ts';
import type { Status } from '../campaign.ts';
import { planDateChange } from './plan-date-change.ts';

type Story = [
  story: string,
  status: Status,
  dates: string,
  ran: string,
  targeted: string,
  moved: string,
  runs: string,
  targets: string,
];

describe('moving starts_at or ends_at', () => {
  // biome-ignore format: a story table is read by its columns
  it.each<Story>([
    // story                                               status     dates    ran        targeted       moved    runs        targets
    ['a draft is free, and its targets follow the start', 'draft',   '5-20',  '',        '5- 7-9',      '3-20',  '',         '3- 7-9'],
    ['also forward; what is left behind is cut or gone',  'draft',   '5-20',  '',        '5- 5-7 6-9',  '8-20',  '',         '8- 8-9'],
    ['the first period follows an earlier start',         'running', '5-20',  '5-20',    '5- 7-',       '3-20',  '3-20',     '3- 7-'],
    ['and a later one',                                   'running', '5-20',  '5-20',    '5- 7-',       '6-20',  '6-20',     '6- 7-'],
    ['a period opened later than the start stays',        'running', '5-20',  '8-20',    '5-',          '3-20',  '8-20',     '3-'],
    ['unless the new start comes after it',               'running', '5-20',  '8-20',    '5-',          '9-20',  '9-20',     '9-'],
    ['only the first period follows',                     'running', '5-20',  '5-8 9-20','5-',          '3-20',  '3-8 9-20', '3-'],
    ['the open period ends earlier',                      'running', '5-20',  '5-8 9-20','5-',          '5-15',  '5-8 9-15', '5-'],
    ['or later',                                          'running', '5-20',  '5-8 9-20','5-',          '5-25',  '5-8 9-25', '5-'],
    ['or never',                                          'running', '5-20',  '5-20',    '5-',          '5-',    '5-',       '5-'],
    ['or at last',                                        'running', '5-',    '5-',      '5-',          '5-15',  '5-15',     '5-'],
    ['one that ended by ends_at runs on',                 'running', '5-8',   '5-8',     '5-',          '5-15',  '5-15',     '5-'],
    ['what a pause closed does not grow',                 'paused',  '5-20',  '5-8',     '5-',          '5-25',  '5-8',      '5-'],
    ['but is cut',                                        'paused',  '5-20',  '5-8',     '5-',          '5-7',   '5-7',      '5-'],
    ['what was ended by hand does not grow',              'ended',   '5-',    '5-8',     '5-',          '5-25',  '5-8',      '5-'],
    ['a scheduled campaign moves whole',                  'running', '15-20', '15-20',   '15-',         '22-28', '22-28',    '22-'],
    ['nothing moves',                                     'running', '5-20',  '5-20',    '5-',          '5-20',  '5-20',     '5-'],
  ])('%s', (_, status, dates, ran, targeted, moved, runs, targets) => {
    const plan = planDateChange(campaign(status, dates, ran, targeted), { ...datesOf(moved), reason: 'typo' }, day(12));
    expect(told([{ from: plan.starts_at, to: plan.ends_at }])).toBe(moved);
    expect(told(plan.running_periods)).toBe(runs);
    expect(told(plan.targets.map(({ period }) => period))).toBe(targets);
  });

  // biome-ignore format: a story table is read by its columns
  it.each<[string, Status, string, string, string, string, RegExp]>([
    // story                                       status     dates   ran         moved    path         message
    ['an end before the start',                   'draft',   '5-20', '',         '5-4',   'ends_at',   /after the campaign's starts_at/],
    ['an end at the start',                       'draft',   '5-20', '',         '5-5',   'ends_at',   /after the campaign's starts_at/],
    ['a start after the end of the first period', 'running', '5-20', '5-8 9-20', '8-20',  'starts_at', /before 2026-03-08/],
    ['an end before the open period',             'running', '5-20', '5-8 9-20', '5-9',   'ends_at',   /after 2026-03-09.*effective_at/],
  ])('refuses %s', async (_, status, dates, ran, moved, path, message) => {
    const change = { ...datesOf(moved), reason: 'typo' };
    const refusal = await refusalOf(() => planDateChange(campaign(status, dates, ran, ''), change, day(12)));
    expect(refusal).toMatchObject({ code: 'invalid', fields: [{ path, message: expect.stringMatching(message) }] });
  });

  it('names the date that was given when only the start passes the end', async () => {
    const refusal = await refusalOf(() =>
      planDateChange(campaign('draft', '5-20', '', ''), { starts_at: day(21) }, day(12)),
    );
    expect(refusal.fields[0]).toMatchObject({
      path: 'starts_at',
      message: expect.stringContaining('2026-03-20'),
    });
  });

  // biome-ignore format: a story table is read by its columns
  it.each<[string, Status, string, string, boolean]>([
    // story                                    status     dates    moved    needs a reason
    ['of a draft, whatever the dates',         'draft',   '5-20',  '3-8',   false],
    ['of a scheduled one, among days to come', 'running', '15-20', '14-22', false],
    ['away from a start that has passed',      'running', '5-20',  '14-20', true],
    ['to a start that has passed',             'running', '15-20', '5-20',  true],
    ['to an end to come, from another',        'running', '5-20',  '5-15',  false],
    ['from none to an end to come',            'running', '5-',    '5-15',  false],
    ['to an end that has passed',              'running', '5-20',  '5-11',  true],
    ['away from an end that has passed',       'running', '5-11',  '5-20',  true],
  ])('%s needs a reason only when the past is touched', async (_, status, dates, moved, needsReason) => {
    const ran = status === 'draft' ? '' : dates;
    const move = async () => planDateChange(campaign(status, dates, ran, ''), datesOf(moved), day(12));
    if (needsReason) expect((await refusalOf(move)).fields[0]?.path).toBe('reason');
    else await expect(move()).resolves.toBeDefined();
  });
});

function datesOf(text: string) {
  const [dates] = periods(text);
  return { starts_at: dates!.from, ends_at: dates!.to };
}

function campaign(status: Status, dates: string, ran: string, targeted: string) {
  return {
    status,
    ...datesOf(dates),
    running_periods: periods(ran),
    targets: periods(targeted).map((period, place) => ({
      id: `target ${place}`,
      product_id: `product ${place}`,
      period,
    })),
  };
}
