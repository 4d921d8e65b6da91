import { Temporal } from 'temporal-polyfill';
import type { Reading } from './read-number.ts';
import { offsetOf, readFormat, type TimeParts } from './time-format.ts';

/**
 * Reads a timestamp: ISO 8601 (a space will do for the T), or as `format` says it. Without an offset of its own it is a
 * time of `timeZone`. Where clocks went back a time came twice, and the first is taken; a time that clocks passed over
 * never was, and is refused.
 *
 * @param format `dd.MM.yyyy HH:mm:ss`, or `unix` / `unix_ms`
 * @returns ISO 8601 in UTC
 */
export function readTimestamp(
  text: string,
  format: string | undefined,
  timeZone: string | undefined,
): Reading {
  if (format === 'unix' || format === 'unix_ms') return readUnix(text, format);
  const parts = format === undefined ? readIso(text) : readFormat(text, format);
  if (parts === undefined) return { fault: `"${text}" is no timestamp ${expected(format)}` };
  if (parts.offset !== undefined) return instantOf(() => isoOf(parts), text);
  if (timeZone === undefined) {
    return { fault: `"${text}" has no offset; name its time zone in the mapping (time_zone: Europe/Berlin)` };
  }
  return instantOf(() => {
    const local = Temporal.PlainDateTime.from(parts, { overflow: 'reject' });
    const zoned = local.toZonedDateTime(timeZone, { disambiguation: 'compatible' });
    if (zoned.toPlainDateTime().equals(local)) return zoned.toInstant().toString();
    return { fault: `"${text}" never was in ${timeZone}: clocks passed over it. Check the time zone` };
  }, text);
}

/** Reads a calendar day, from a timestamp too: its date as it stands there, never shifted. */
export function readDay(text: string, format: string | undefined): Reading {
  const parts = format === undefined ? readIso(text) : readFormat(text, format);
  if (parts === undefined) return { fault: `"${text}" is no day ${expected(format)}` };
  return instantOf(() => Temporal.PlainDate.from(parts, { overflow: 'reject' }).toString(), text);
}

function expected(format: string | undefined): string {
  return format === undefined
    ? 'such as 2026-03-01 12:00:00; name its format in the mapping (format: "dd.MM.yyyy HH:mm")'
    : `written as "${format}"`;
}

function instantOf(read: () => string | Reading, text: string): Reading {
  try {
    const value = read();
    return typeof value === 'string' ? { value } : value;
  } catch (error) {
    if (error instanceof RangeError) return { fault: `"${text}" is no date that exists` };
    throw error;
  }
}

function readUnix(text: string, format: 'unix' | 'unix_ms'): Reading {
  if (!/^\d{1,14}(\.\d+)?$/.test(text)) {
    const unit = format === 'unix' ? 'seconds' : 'milliseconds';
    return { fault: `"${text}" is no number of ${unit} since 1970` };
  }
  const milliseconds = Math.trunc(Number(text) * (format === 'unix' ? 1000 : 1));
  return instantOf(() => new Date(milliseconds).toISOString(), text);
}

const iso =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/i;

function readIso(text: string): TimeParts | undefined {
  const match = iso.exec(text);
  if (match === null) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0));
  return {
    ...({ year, month, day, hour, minute, second } as Omit<TimeParts, 'millisecond' | 'offset'>),
    millisecond: Number((match[7] ?? '').padEnd(3, '0').slice(0, 3)),
    offset: offsetOf(match[8]),
  };
}

function isoOf({ offset, ...parts }: TimeParts): string {
  const local = Temporal.PlainDateTime.from(parts, { overflow: 'reject' });
  return Temporal.Instant.from(`${local.toString()}${offset}`).toString();
}
