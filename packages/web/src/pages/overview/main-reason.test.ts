import { expect, it } from 'vitest';
import type { PlatformRow } from '../../api/types/report.ts';
import { mainReason } from './main-reason.ts';

function row(platform: string, before: number, now: number): PlatformRow {
  const change = before === 0 ? null : ((now - before) / before) * 100;
  return {
    platform,
    revenue: now,
    previous: { revenue: before },
    change: { revenue: change },
  } as PlatformRow;
}

const split = { additive: true };

it('names the platform that made most of the change', () => {
  const rows = [row('google', 100, 110), row('tiktok', 50, 100), row('email', 30, 30)];
  expect(mainReason(rows, split)).toBe(', mostly on TikTok (+100.0%)');
  expect(mainReason([row('google', 100, 40), row('email', 10, 20)], split)).toBe(
    ', mostly on Google (-60.0%)',
  );
});

it('names none where none made half of it, where nothing changed, or where platforms do not add up', () => {
  const even = ['google', 'email', 'tiktok'].map((platform) => row(platform, 10, 20));
  expect(mainReason(even, split)).toBe('');
  expect(mainReason([row('google', 10, 10)], split)).toBe('');
  expect(mainReason([row('google', 10, 20)], { additive: false })).toBe('');
});
