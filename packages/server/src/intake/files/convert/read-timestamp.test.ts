import { describe, expect, it } from 'vitest';
import { readDay, readTimestamp } from './read-timestamp.ts';
import { faultOfFormat } from './time-format.ts';

const berlin = 'Europe/Berlin';

describe('a timestamp of a file', () => {
  it.each([
    // text, format, time zone, instant
    ['2026-03-01T12:00:00Z', undefined, undefined, '2026-03-01T12:00:00Z'],
    ['2026-03-01 12:00:00 +0100', undefined, undefined, '2026-03-01T11:00:00Z'],
    ['2026-03-01 12:00:00 UTC', undefined, berlin, '2026-03-01T12:00:00Z'],
    ['2026-03-01 12:00:00', undefined, berlin, '2026-03-01T11:00:00Z'],
    ['2026-07-01 12:00:00', undefined, berlin, '2026-07-01T10:00:00Z'],
    ['2026-07-01 12:00:00.250', undefined, berlin, '2026-07-01T10:00:00.25Z'],
    ['2026-03-01', undefined, berlin, '2026-02-28T23:00:00Z'],
    ['01.03.2026 09:05', 'dd.MM.yyyy HH:mm', berlin, '2026-03-01T08:05:00Z'],
    ['3/1/2026 9:05 PM', 'M/d/yyyy h:mm a', 'America/New_York', '2026-03-02T02:05:00Z'],
    ['3/1/2026 12:05 AM', 'M/d/yyyy h:mm a', 'America/New_York', '2026-03-01T05:05:00Z'],
    ['2026-03-01T12:00:00+02:00', 'yyyy-MM-ddTHH:mm:ssXXX', berlin, '2026-03-01T10:00:00Z'],
    ['1772366400', 'unix', undefined, '2026-03-01T12:00:00.000Z'],
    ['1772366400250', 'unix_ms', undefined, '2026-03-01T12:00:00.250Z'],
  ])('%s as %s in %s is %s', (text, format, zone, instant) => {
    expect(readTimestamp(text, format, zone)).toEqual({ value: instant });
  });

  it('is the first of the two where clocks go back, and refused where they pass over it', () => {
    // 2026-10-25: 03:00 summer time becomes 02:00 again. 2026-03-29: 02:00 becomes 03:00.
    expect(readTimestamp('2026-10-25 01:59:59', undefined, berlin)).toEqual({
      value: '2026-10-24T23:59:59Z',
    });
    expect(readTimestamp('2026-10-25 02:30:00', undefined, berlin)).toEqual({
      value: '2026-10-25T00:30:00Z',
    });
    expect(readTimestamp('2026-10-25 03:00:00', undefined, berlin)).toEqual({
      value: '2026-10-25T02:00:00Z',
    });
    expect(readTimestamp('2026-03-29 01:59:59', undefined, berlin)).toEqual({
      value: '2026-03-29T00:59:59Z',
    });
    expect(readTimestamp('2026-03-29 02:30:00', undefined, berlin)).toEqual({
      fault: '"2026-03-29 02:30:00" never was in Europe/Berlin: clocks passed over it. Check the time zone',
    });
    expect(readTimestamp('2026-03-29 03:00:00', undefined, berlin)).toEqual({
      value: '2026-03-29T01:00:00Z',
    });
  });

  it.each([
    ['2026-03-01 12:00:00', undefined, undefined, /has no offset; name its time zone/],
    ['yesterday', undefined, berlin, /is no timestamp such as 2026-03-01 12:00:00; name its format/],
    ['2026-03-01', 'dd.MM.yyyy', berlin, /is no timestamp written as "dd.MM.yyyy"/],
    ['31.02.2026', 'dd.MM.yyyy', berlin, /is no date that exists/],
    ['2026-02-29 10:00', undefined, berlin, /is no date that exists/],
    ['soon', 'unix', undefined, /is no number of seconds since 1970/],
  ])('%s as %s in %s is refused', (text, format, zone, fault) => {
    expect(readTimestamp(text, format, zone)).toEqual({ fault: expect.stringMatching(fault) });
  });
});

describe('a day of a file', () => {
  it('is the date as it stands there', () => {
    expect(readDay('2026-03-01', undefined)).toEqual({ value: '2026-03-01' });
    expect(readDay('2026-03-01 23:59:59', undefined)).toEqual({ value: '2026-03-01' });
    expect(readDay('20260301', 'yyyyMMdd')).toEqual({ value: '2026-03-01' });
    expect(readDay('2021-09-15 5:00:00', undefined)).toEqual({ value: '2021-09-15' });
    expect(readDay('1.3.26', undefined)).toEqual({ fault: expect.stringContaining('is no day such as') });
  });
});

describe('a format', () => {
  it('names year, month and day, each once', () => {
    expect(faultOfFormat('dd.MM.yyyy HH:mm')).toBeUndefined();
    expect(faultOfFormat('unix')).toBeUndefined();
    expect(faultOfFormat('HH:mm')).toMatch(/at least yyyy, MM and dd/);
    expect(faultOfFormat('dd.MM.yyyy HH:hh')).toBeUndefined();
    expect(faultOfFormat('dd.dd.yyyy')).toBe('names the day twice');
  });
});
