import { isIP } from 'node:net';
import { nearest } from '../../vocabulary/nearest.ts';

/** What the text of a variable means, or what is wrong with it; the text of a `secret` is not repeated. */
export type Reading<Value> = { value: Value } | { fault: string; secret?: boolean };
export type Reader<Value> = (text: string) => Reading<Value>;

export const flag: Reader<boolean> = (text) => {
  if (['true', '1', 'on', 'yes'].includes(text.toLowerCase())) return { value: true };
  if (['false', '0', 'off', 'no'].includes(text.toLowerCase())) return { value: false };
  return { fault: 'must be true or false' };
};

export function numberBetween(least: number, most: number): Reader<number> {
  return (text) => {
    const number = Number(text);
    return /^\d+$/.test(text) && number >= least && number <= most
      ? { value: number }
      : { fault: `must be a whole number from ${least} to ${most}` };
  };
}

export function textThat(pattern: RegExp, is: string): Reader<string> {
  return (text) => (pattern.test(text) ? { value: text } : { fault: `must be ${is}` });
}

export function oneOf(choices: string[]): Reader<string> {
  return (text) => {
    if (choices.includes(text)) return { value: text };
    const meant = nearest(text, choices);
    return {
      fault: `must be one of ${choices.join(', ')}${meant === undefined ? '' : `; did you mean ${meant}?`}`,
    };
  };
}

/** Several values with commas between them; the first that is wrong is the fault. */
export function list(item: Reader<string>): Reader<string[]> {
  return (text) => {
    const readings = text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .map((part) => ({ part, reading: item(part) }));
    const values: string[] = [];
    for (const { part, reading } of readings) {
      if ('fault' in reading) return { fault: `${part} ${reading.fault}` };
      values.push(reading.value);
    }
    return { value: [...new Set(values)] };
  };
}

export const isWebOrigin: Reader<string> = (text) =>
  URL.canParse(text) && new URL(text).origin === text
    ? { value: text }
    : { fault: 'must be an origin: scheme, host and port, without a path or a slash at the end' };

export const isNetwork: Reader<string> = (text) => {
  const [address = '', bits, ...more] = text.split('/');
  const version = isIP(address);
  const mostBits = version === 4 ? 32 : 128;
  const isSized = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= mostBits);
  return version !== 0 && isSized && more.length === 0
    ? { value: text }
    : { fault: 'must be an IP address or a network such as 10.0.0.0/8' };
};
