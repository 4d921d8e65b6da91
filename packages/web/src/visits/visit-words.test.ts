import { expect, it } from 'vitest';
import { channelName, deviceName, pageName } from './visit-words.ts';

it('calls a page by its path, whatever its links say', () => {
  expect(pageName('https://shop.example/dress?utm_campaign=A#top')).toBe('/dress');
  expect(pageName('/dress?size=M')).toBe('/dress');
  expect(pageName('?size=M')).toBe('/');
  expect(pageName(null)).toBe('Unknown');
});

it('calls devices and channels as people do', () => {
  expect([deviceName('mobile'), deviceName(null), channelName('organic_search')]).toEqual([
    'Mobile',
    'Unknown',
    'Organic search',
  ]);
});
