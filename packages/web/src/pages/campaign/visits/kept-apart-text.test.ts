import { expect, it } from 'vitest';
import { keptApartText } from './kept-apart-text.ts';

it('says which clicks were kept apart and why, and nothing where there were none', () => {
  expect(keptApartText({ bot: 12, own_traffic: 3, impossible_rate: 0 })).toBe(
    'Clicks kept apart and never credited: 12 of bots, 3 of your own people.',
  );
  expect(keptApartText({ bot: 0, own_traffic: 0, impossible_rate: 0 })).toBeUndefined();
});
