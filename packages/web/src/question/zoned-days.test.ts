import { describe, expect, it } from 'vitest';
import { endOfDay, instantOf, startOfDay, wallTimeOf } from './zoned-days.ts';

describe('days of a zone', () => {
  it('begin at its midnight, before and after the clocks change', () => {
    expect(startOfDay('2026-03-29', 'Europe/Berlin')).toBe('2026-03-28T23:00:00.000Z');
    expect(endOfDay('2026-03-29', 'Europe/Berlin')).toBe('2026-03-29T22:00:00.000Z');
    expect(startOfDay('2026-10-25', 'Europe/Berlin')).toBe('2026-10-24T22:00:00.000Z');
    expect(endOfDay('2026-10-25', 'Europe/Berlin')).toBe('2026-10-25T23:00:00.000Z');
    expect(startOfDay('2026-07-01', 'Asia/Kathmandu')).toBe('2026-06-30T18:15:00.000Z');
    expect(startOfDay('2026-07-01', 'America/St_Johns')).toBe('2026-07-01T02:30:00.000Z');
  });

  it('begin with the first moment there is where midnight is skipped', () => {
    expect(startOfDay('2026-09-06', 'America/Santiago')).toBe('2026-09-06T04:00:00.000Z');
  });

  it('take the first of two equal times, and the time as much later where there is none', () => {
    expect(instantOf('2026-10-25 02:30:00', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z');
    expect(instantOf('2026-03-29T02:30:00', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z');
  });

  it('lead from an instant to what the clocks show and back', () => {
    const instant = '2026-05-05T10:20:30.000Z';
    expect(wallTimeOf(instant, 'Asia/Kolkata')).toBe('2026-05-05T15:50:30');
    expect(instantOf(wallTimeOf(instant, 'Asia/Kolkata'), 'Asia/Kolkata')).toBe(instant);
  });
});
