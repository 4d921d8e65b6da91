import { expect, it } from 'vitest';
import { nearest } from './nearest.ts';

const known = ['unit_price', 'quantity', 'discount', 'name'];

it.each([
  ['unitPrice', 'unit_price'],
  ['UNIT-PRICE', 'unit_price'],
  ['quantty', 'quantity'],
  ['nmae', 'name'],
  ['discounts', 'discount'],
])('takes %s for %s', (word, meant) => {
  expect(nearest(word, known)).toBe(meant);
});

it.each(['colour', 'date', '', 'x'.repeat(1_000_000)])('does not guess what has little in common', (word) => {
  expect(nearest(word, known)).toBeUndefined();
});

it('has nothing to suggest where nothing is known', () => {
  expect(nearest('name', [])).toBeUndefined();
});
