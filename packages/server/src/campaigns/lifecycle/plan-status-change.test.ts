import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../../test/refusal-of.ts';
import { day, periods, told } from '../../../test/story-days.ts';
import type { Status } from '../campaign.ts';
import { planStatusChange } from './plan-status-change.ts';

type Story = [
  story: string,
  status: Status,
  starts: number,
  ends: number | null,
  ran: string,
  wanted: Status,
  at: number | null,
  now: number,
  becomes: Status | 'unchanged',
  runs: string,
];

describe('a change of status', () => {
  // biome-ignore format: a story table is read by its columns
  it.each<Story>([
    // story                                           status    start ends  ran         wanted     at    now  becomes      runs
    ['first activation, on the day it starts',        'draft',    5,   null, '',         'running', null,  5, 'running',   '5-'],
    ['first activation of one entered late',          'draft',    5,   null, '',         'running', null, 20, 'running',   '5-'],
    ['first activation of one scheduled ahead',       'draft',   25,   null, '',         'running', null, 20, 'running',   '25-'],
    ['first activation closes at ends_at by itself',  'draft',    5,   9,    '',         'running', null,  6, 'running',   '5-9'],
    ['first activation when all of it is over',       'draft',    5,   9,    '',         'running', null, 20, 'running',   '5-9'],
    ['first activation as of a later day',            'draft',    5,   null, '',         'running',  8,   20, 'running',   '8-'],
    ['first activation as of a day before the start', 'draft',    5,   null, '',         'running',  2,   20, 'running',   '5-'],
    ['pausing cuts from now on',                      'running',  5,   null, '5-',       'paused',  null, 10, 'paused',    '5-10'],
    ['pausing as of a past day',                      'running',  5,   null, '5-',       'paused',   7,   10, 'paused',    '5-7'],
    ['pausing as of a day in an earlier period',      'running',  5,   null, '5-8 9-',   'paused',   7,   10, 'paused',    '5-7'],
    ['pausing before a scheduled start',              'running', 15,   null, '15-',      'paused',  null, 10, 'paused',    ''],
    ['pausing at the very instant it started',        'running',  5,   null, '5-',       'paused',  null,  5, 'paused',    ''],
    ['resuming opens the next period',                'paused',   5,   null, '5-8',      'running', null, 10, 'running',   '5-8 10-'],
    ['resuming keeps ends_at',                        'paused',   5,   20,   '5-8',      'running', null, 10, 'running',   '5-8 10-20'],
    ['resuming at the instant of the pause',          'paused',   5,   null, '5-8',      'running', null,  8, 'running',   '5-8 8-'],
    ['resuming before a scheduled start',             'paused',  15,   null, '',         'running', null, 10, 'running',   '15-'],
    ['resuming as of a past day',                     'paused',   5,   null, '5-8',      'running',  9,   12, 'running',   '5-8 9-'],
    ['ending cuts from now on',                       'running',  5,   20,   '5-20',     'ended',   null, 10, 'ended',     '5-10'],
    ['ending a paused one leaves its periods',        'paused',   5,   null, '5-8',      'ended',   null, 10, 'ended',     '5-8'],
    ['ending as of a past day',                       'running',  5,   null, '5-8 9-',   'ended',    7,   10, 'ended',     '5-7'],
    ['running already',                               'running',  5,   null, '5-',       'running', null, 10, 'unchanged', ''],
    ['running already, at the moment named too',      'running',  5,   null, '5-8 9-',   'running',  6,   10, 'unchanged', ''],
    ['paused already',                                'paused',   5,   null, '5-8',      'paused',  null, 10, 'unchanged', ''],
    ['a draft already',                               'draft',    5,   null, '',         'draft',   null, 10, 'unchanged', ''],
    ['ended already, by hand',                        'ended',    5,   null, '5-8',      'ended',   null, 10, 'unchanged', ''],
    ['ended already, by its ends_at',                 'running',  5,   8,    '5-8',      'ended',   null, 10, 'unchanged', ''],
    ['paused earlier than was said',                  'paused',   5,   null, '5-8',      'paused',   6,   10, 'paused',    '5-6'],
    ['paused later than was said: it was not',        'paused',   5,   null, '5-8',      'paused',   9,   10, 'unchanged', ''],
    ['ended earlier than its ends_at said',           'running',  5,   8,    '5-8',      'ended',    6,   10, 'ended',     '5-6'],
  ])('%s', (_, status, starts, ends, ran, wanted, at, now, becomes, runs) => {
    const plan = planStatusChange(campaign(status, starts, ends, ran), request(wanted, at), day(now));
    expect(plan?.status ?? 'unchanged').toBe(becomes);
    expect(told(plan?.running_periods ?? [])).toBe(runs);
    if (becomes === 'ended') expect(plan?.ended_at).toEqual(day(at ?? now));
  });

  // biome-ignore format: a story table is read by its columns
  it.each<[string, Status, number, number | null, string, Status, number | null, number, string, string, RegExp]>([
    // story                              status    start ends  ran     wanted    at    now  code        path            message
    ['a draft cannot be paused',         'draft',   5,    null, '',     'paused',  null, 10, 'conflict', 'status',       /must be running/],
    ['a draft cannot be ended',          'draft',   5,    null, '',     'ended',   null, 10, 'conflict', 'status',       /must be running/],
    ['nothing becomes a draft again',    'running', 5,    null, '5-',   'draft',   null, 10, 'conflict', 'status',       /must be paused or ended/],
    ['a paused one neither',             'paused',  5,    null, '5-8',  'draft',   null, 10, 'conflict', 'status',       /must be running or ended/],
    ['ended by hand is ended',           'ended',   5,    null, '5-8',  'running', null, 10, 'conflict', 'status',       /cannot be changed/],
    ['ended by ends_at is ended',        'running', 5,    8,    '5-8',  'paused',  null, 10, 'conflict', 'status',       /cannot be changed/],
    ['so is a paused one whose ends_at passed', 'paused', 5, 8, '5-7',  'running', null, 10, 'conflict', 'status',       /cannot be changed/],
    ['at the instant of ends_at too',    'paused',  5,    8,    '5-7',  'running', null,  8, 'conflict', 'status',       /cannot be changed/],
    ['nothing takes place later',        'running', 5,    null, '5-',   'paused',  11,   10, 'invalid',  'effective_at', /future/],
    ['it cannot be resumed while it ran','paused',  5,    null, '5-8',  'running',  7,   10, 'invalid',  'effective_at', /not be before 2026-03-08/],
    ['it must have run before ends_at',  'draft',   5,    8,    '',     'running',  9,   10, 'invalid',  'effective_at', /before the campaign's ends_at/],
  ])('%s', async (_, status, starts, ends, ran, wanted, at, now, code, path, message) => {
    const refusal = await refusalOf(() =>
      planStatusChange(campaign(status, starts, ends, ran), request(wanted, at), day(now)),
    );
    expect(refusal.code).toBe(code);
    expect(refusal.fields).toEqual([{ path, message: expect.stringMatching(message) }]);
  });

  it('that reaches into the past needs a reason', async () => {
    const asked = { status: 'paused' as const, effective_at: day(7) };
    const refusal = await refusalOf(() =>
      planStatusChange(campaign('running', 5, null, '5-'), asked, day(10)),
    );
    expect(refusal.fields[0]).toMatchObject({ path: 'reason', message: expect.stringContaining('dry_run') });
  });

  it('says what an ended campaign still allows: a new one, or a later ends_at where that is what ended it', async () => {
    const resume = (status: Status, ends: number | null) =>
      refusalOf(() => planStatusChange(campaign(status, 5, ends, '5-8'), { status: 'running' }, day(10)));
    expect((await resume('ended', null)).message).toContain('create a new one');
    expect((await resume('running', 8)).message).toContain('move ends_at');
  });

  it('cannot make what is running have run earlier by saying so', async () => {
    const asked = { status: 'running' as const, effective_at: day(8), reason: 'typo' };
    const refusal = await refusalOf(() =>
      planStatusChange(campaign('running', 5, null, '5-7 9-'), asked, day(10)),
    );
    expect(refusal).toMatchObject({ code: 'conflict', message: expect.stringContaining('move starts_at') });
  });
});

function campaign(status: Status, starts: number, ends: number | null, ran: string) {
  return {
    status,
    starts_at: day(starts),
    ends_at: ends === null ? null : day(ends),
    ended_at: null,
    running_periods: periods(ran),
  };
}

function request(status: Status, at: number | null) {
  return { status, effective_at: at === null ? undefined : day(at), reason: 'was entered late' };
}
