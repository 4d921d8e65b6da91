import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it, test } from 'vitest';
import { dayOf } from './day.ts';
import {
  addMonths,
  countIntervals,
  daysBetween,
  firstDayFrom,
  floorDay,
  type IntervalUnit,
  intervalsOf,
  intervalUnits,
  timeZoneNamed,
  toZonedIso,
  wholeMonthsBetween,
  zonedIsoFormat,
} from './time-zone.ts';

const hourMs = 3_600_000;

function shown(from: string, to: string, unit: IntervalUnit, zone: string): string[] {
  return intervalsOf({ from: new Date(from), to: new Date(to) }, unit, zone).map((each) =>
    toZonedIso(each.from, zone),
  );
}

function hoursOf(day: string, nextDay: string, zone: string) {
  return shown(`${day}`, `${nextDay}`, 'hour', zone);
}

describe('a day on which clocks change', () => {
  // biome-ignore format: a table is read by its columns
  test.each([
    // zone                     the day's first instant      the next day's               hours  what stands out
    ['Europe/Berlin',           '2026-03-29T00:00:00+01:00', '2026-03-30T00:00:00+02:00', 23, '2026-03-29T03:00:00+02:00'],
    ['Europe/Berlin',           '2026-10-25T00:00:00+02:00', '2026-10-26T00:00:00+01:00', 25, '2026-10-25T02:00:00+01:00'],
    ['America/New_York',        '2026-03-08T00:00:00-05:00', '2026-03-09T00:00:00-04:00', 23, '2026-03-08T03:00:00-04:00'],
    ['America/St_Johns',        '2026-11-01T00:00:00-02:30', '2026-11-02T00:00:00-03:30', 25, '2026-11-01T01:00:00-03:30'],
    // The half hour that clocks go back shows as an hour that is shorter than the others.
    ['Australia/Lord_Howe',     '2026-04-05T00:00:00+11:00', '2026-04-06T00:00:00+10:30', 25, '2026-04-05T01:30:00+10:30'],
    ['Australia/Lord_Howe',     '2026-10-04T00:00:00+10:30', '2026-10-05T00:00:00+11:00', 24, '2026-10-04T02:30:00+11:00'],
    // Midnight does not exist: the day begins at one o'clock.
    ['Africa/Cairo',            '2026-04-24T01:00:00+03:00', '2026-04-25T00:00:00+03:00', 23, '2026-04-24T01:00:00+03:00'],
    ['America/Sao_Paulo',       '2018-11-04T01:00:00-02:00', '2018-11-05T00:00:00-02:00', 23, '2018-11-04T01:00:00-02:00'],
    // Midnight comes twice: the day begins at the first.
    ['America/Havana',          '2026-11-01T00:00:00-04:00', '2026-11-02T00:00:00-05:00', 25, '2026-11-01T00:00:00-05:00'],
    // No change, but clocks that stand between the hours of others.
    ['Asia/Kolkata',            '2026-03-29T00:00:00+05:30', '2026-03-30T00:00:00+05:30', 24, '2026-03-29T13:00:00+05:30'],
    ['Asia/Kathmandu',          '2026-03-29T00:00:00+05:45', '2026-03-30T00:00:00+05:45', 24, '2026-03-29T13:00:00+05:45'],
  ])('in %s from %s to %s has its hours', (zone, from, to, hours, standsOut) => {
    expect(shown(from, to, 'day', zone)).toEqual([from]);
    const rows = hoursOf(from, to, zone);
    expect(rows).toHaveLength(hours);
    expect(rows).toContain(standsOut);
  });
});

it('cuts a range that begins and ends in the middle at its edges', () => {
  const rows = intervalsOf(
    { from: new Date('2026-03-28T10:00:00.500Z'), to: new Date('2026-03-30T10:00:00.250Z') },
    'day',
    'Europe/Berlin',
  );
  expect(rows.map(({ from, to }) => [from.toISOString(), to.toISOString()])).toEqual([
    ['2026-03-28T10:00:00.500Z', '2026-03-28T23:00:00.000Z'],
    ['2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
    ['2026-03-29T22:00:00.000Z', '2026-03-30T10:00:00.250Z'],
  ]);
});

it('begins weeks on Monday and months on the first', () => {
  const range = ['2026-03-01T00:00:00+01:00', '2026-05-01T00:00:00+02:00'] as const;
  expect(shown(...range, 'month', 'Europe/Berlin')).toEqual([
    '2026-03-01T00:00:00+01:00',
    '2026-04-01T00:00:00+02:00',
  ]);
  expect(shown(...range, 'week', 'Europe/Berlin').slice(0, 3)).toEqual([
    '2026-03-01T00:00:00+01:00',
    '2026-03-02T00:00:00+01:00',
    '2026-03-09T00:00:00+01:00',
  ]);
});

it('has no interval for a date that a zone left out', () => {
  // Samoa went from 29 to 31 December 2011.
  expect(shown('2011-12-29T00:00:00-10:00', '2012-01-01T00:00:00+14:00', 'day', 'Pacific/Apia')).toEqual([
    '2011-12-29T00:00:00-10:00',
    '2011-12-31T00:00:00+14:00',
  ]);
});

it('has no interval for a range without length', () => {
  const instant = new Date('2026-03-01T00:00:00Z');
  expect(intervalsOf({ from: instant, to: instant }, 'hour', 'UTC')).toEqual([]);
});

test('any range in any zone is covered once, without gaps, by intervals that begin where they should', () => {
  const zones = [...Intl.supportedValuesOf('timeZone'), 'UTC', 'Asia/Kolkata', 'Asia/Kathmandu'];
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.constantFrom(...intervalUnits),
      fc.date({ min: new Date('1995-01-01'), max: new Date('2037-01-01'), noInvalidDate: true }),
      fc.integer({ min: 1, max: 40 * 24 * hourMs }),
      (zone, unit, from, length) => {
        const range = { from, to: new Date(from.getTime() + length) };
        const intervals = intervalsOf(range, unit, zone);
        expect(intervals[0]?.from).toEqual(range.from);
        expect(intervals.at(-1)?.to).toEqual(range.to);
        for (const [place, { from, to }] of intervals.entries()) {
          expect(from < to).toBe(true);
          if (place === 0) continue;
          expect(from).toEqual(intervals[place - 1]?.to);
          if (unit === 'hour') expect(to.getTime() - from.getTime()).toBeLessThanOrEqual(hourMs);
          else expect(dayOf(new Date(from.getTime() - 1), zone) < dayOf(from, zone)).toBe(true);
          if (unit !== 'hour') expect(dayOf(from, zone) >= floorDay(dayOf(from, zone), unit)).toBe(true);
        }
        expect(Math.abs(countIntervals(range, unit) - intervals.length)).toBeLessThanOrEqual(4);
      },
    ),
    { numRuns: 300 },
  );
});

test('an instant is shown as the same instant, by the clocks of its zone', () => {
  const zones = [...Intl.supportedValuesOf('timeZone'), 'Asia/Kolkata'];
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.array(fc.date({ min: new Date('1900-01-01'), max: new Date('2037-01-01'), noInvalidDate: true })),
      (zone, instants) => {
        const format = zonedIsoFormat(zone);
        for (const instant of [...instants, ...[...instants].sort((a, b) => a.getTime() - b.getTime())]) {
          expect(new Date(format(instant))).toEqual(instant);
          if (instant < new Date('1975-01-01')) continue;
          const clocks = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone);
          expect(format(instant).slice(0, 19)).toBe(
            clocks.toPlainDateTime().toString({ smallestUnit: 'second' }),
          );
        }
      },
    ),
  );
});

describe('time zones', () => {
  test.each([
    ['Europe/Berlin', 'Europe/Berlin'],
    ['europe/berlin', 'Europe/Berlin'],
    ['Asia/Kolkata', 'Asia/Kolkata'],
    ['UTC', 'UTC'],
    ['Berlin', undefined],
    ['+02:00', undefined],
    ['', undefined],
    ['Europe/Atlantis', undefined],
  ])('%j is the zone %j', (name, zone) => {
    expect(timeZoneNamed(name)).toBe(zone);
  });

  test.each([
    ['2026-03-01T00:00:00+01:00', '2026-03-01'],
    ['2026-03-01T00:00:00.001+01:00', '2026-03-02'],
    ['2026-02-28T23:59:59.999+01:00', '2026-03-01'],
  ])('the first day from %s in Berlin is %s', (instant, day) => {
    expect(firstDayFrom(new Date(instant), 'Europe/Berlin')).toBe(day);
  });
});

it('counts days and whole months', () => {
  expect(daysBetween('2026-02-01', '2026-03-01')).toBe(28);
  expect(wholeMonthsBetween('2025-12-01', '2026-03-01')).toBe(3);
  expect(wholeMonthsBetween('2025-12-01', '2026-03-02')).toBeUndefined();
  expect(addMonths('2026-03-31', -1)).toBe('2026-02-28');
});
