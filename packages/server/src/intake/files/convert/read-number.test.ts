import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addUp, type Notation, readNumber, roundTo } from './read-number.ts';

const german: Notation = { decimal: ',', thousands: '.' };

describe('a number of a file', () => {
  it.each([
    ['12.34', { decimal: '.' }, '12.34'],
    ['-5', { decimal: '.' }, '-5'],
    ['+5', { decimal: '.' }, '5'],
    ['12,34', { decimal: ',' }, '12.34'],
    ['1.234.567,8', german, '1234567.8'],
    ['1234567,8', german, '1234567.8'],
    ['1 234,50', { decimal: ',', thousands: ' ' }, '1234.50'],
    ['1\u00a0234,50', { decimal: ',', thousands: ' ' }, '1234.50'],
    ["1'234.5", { decimal: '.', thousands: "'" }, '1234.5'],
    ['7,', { decimal: ',' }, '7'],
  ] as [string, Notation, string][])('%s is read', (text, notation, value) => {
    expect(readNumber(text, notation)).toEqual({ value });
  });

  it.each([
    ['1,234.56', { decimal: '.' }],
    ['1.234,56', { decimal: '.' }],
    ['12.34', { decimal: ',' }],
    ['1.23', german],
    ['1.2345,6', german],
    ['1,2,3', { decimal: ',' }],
    ['12 €', { decimal: '.' }],
    ['1e3', { decimal: '.' }],
    ['-', { decimal: '.' }],
    ['.5', { decimal: '.' }],
  ] as [string, Notation][])('%s is refused rather than guessed', (text, notation) => {
    expect(readNumber(text, notation)).toEqual({ fault: expect.stringContaining(`"${text}" is no number`) });
  });

  it('in any notation is the number that was written', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 15n), 10n ** 15n), fc.nat(9999), (whole, fraction) => {
        const grouped = String(whole < 0n ? -whole : whole).replace(/\B(?=(\d{3})+$)/g, '.');
        const digits = String(fraction).padStart(4, '0');
        const sign = whole < 0n ? '-' : '';
        expect(readNumber(`${sign}${grouped},${digits}`, german)).toEqual({ value: `${whole}.${digits}` });
      }),
    );
  });
});

describe('numbers added up', () => {
  it('are exact, and rounded once', () => {
    expect(addUp(['0.1', '0.2'])).toBe('0.3');
    expect(addUp([])).toBe('0');
    expect(addUp(['36150000'], 1e6)).toBe('36.15');
    expect(addUp(['1', '1', '1'], 1e6)).toBe('0.000003');
    expect(addUp(['100', '-30'])).toBe('70');
    expect(addUp([1e-7, 2])).toBe('2.0000001');
    expect(addUp(['x'])).toBeUndefined();
    expect(roundTo('36.155', 2)).toBe('36.16');
    expect(roundTo('-36.155', 2)).toBe('-36.16');
    expect(roundTo('36.1', 2)).toBe('36.1');
    expect(roundTo('1200', 0)).toBe('1200');
  });
});
