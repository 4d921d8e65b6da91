import type { z } from 'zod';
import { nearest } from './nearest.ts';

/** What is wrong with a value and what to do, in words that follow its path: `lines.0.quantity` "must be a number". */
export function describeFault(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? `is required: give ${nameOf(issue.expected)}`
        : `must be ${nameOf(issue.expected)}, not ${kindOf(issue.input)}`;
    case 'invalid_value':
      return describeChoice(issue.values.map(String), issue.input);
    case 'too_small':
      return describeSize(issue.origin, issue.inclusive === false ? 'more than' : 'at least', issue.minimum);
    case 'too_big':
      return describeSize(issue.origin, issue.inclusive === false ? 'less than' : 'at most', issue.maximum);
    case 'invalid_format':
      return `must be ${formats[issue.format] ?? `in the format ${issue.pattern ?? issue.format}`}`;
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`;
    case 'invalid_union':
      return Array.isArray(issue.options)
        ? describeChoice(issue.options.map(String), issue.input)
        : undefined;
    case 'invalid_key':
      return 'is not a possible name here';
    default:
      return undefined;
  }
}

function describeChoice(choices: string[], input: unknown): string {
  const meant = typeof input === 'string' ? nearest(input, choices) : undefined;
  const must = choices.length === 1 ? `must be ${choices[0]}` : `must be one of ${choices.join(', ')}`;
  return input === undefined
    ? `is required and ${must}`
    : must + (meant === undefined ? '' : `; did you mean ${meant}?`);
}

function describeSize(origin: string, bound: string, limit: number | bigint): string {
  switch (origin) {
    case 'string':
      return limit === 1 && bound === 'at least'
        ? 'must not be empty'
        : `must have ${bound} ${limit} characters`;
    case 'array':
      return limit === 1 && bound === 'at least'
        ? 'must have at least one item'
        : `must have ${bound} ${limit} items`;
    default:
      return `must be ${bound} ${limit}`;
  }
}

const names: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
};

const formats: Record<string, string> = {
  uuid: 'an id of ours (a UUID)',
  guid: 'an id of ours (a UUID)',
  url: 'a web address such as https://example.com/page',
  email: 'an email address',
};

function nameOf(expected: string): string {
  return names[expected] ?? expected;
}

function kindOf(input: unknown): string {
  if (input === null) return 'null';
  if (Array.isArray(input)) return 'a list';
  if (typeof input === 'number') return Number.isInteger(input) ? 'a whole number' : numberKind(input);
  return names[typeof input] ?? typeof input;
}

// Number('abc'), as a number in a query string is read, is NaN.
function numberKind(input: number): string {
  return Number.isNaN(input) ? 'something else' : 'a number with decimals';
}
