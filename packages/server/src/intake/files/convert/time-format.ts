/** What a cell says of a time; `offset` is ISO 8601's, `Z` or `+01:00`. */
export type TimeParts = {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  millisecond: number;
  offset: string | undefined;
};

/** Reads a cell as a format says it; undefined when it is written otherwise. */
export function readFormat(text: string, format: string): TimeParts | undefined {
  const found = patternOf(format).exec(text)?.groups;
  if (found === undefined) return undefined;
  const number = (name: string) => Number(found[name] ?? 0);
  const afternoon = found.noon?.toLowerCase() === 'p' ? 12 : 0;
  return {
    year: number('year'),
    month: number('month'),
    day: number('day'),
    hour: found.half === undefined ? number('hour') : (number('half') % 12) + afternoon,
    minute: number('minute'),
    second: number('second'),
    millisecond: number('millisecond'),
    offset: offsetOf(found.offset),
  };
}

/** What is wrong with a format, or undefined. */
export function faultOfFormat(format: string): string | undefined {
  if (format === 'unix' || format === 'unix_ms') return undefined;
  const named = tokensOf(format).flatMap((token) => /<(\w+)>/.exec(tokens[token] ?? '')?.[1] ?? []);
  const twice = named.find((part, place) => named.indexOf(part) !== place);
  if (twice !== undefined) return `names the ${twice} twice`;
  if (['year', 'month', 'day'].every((part) => named.includes(part))) return undefined;
  return 'must name at least yyyy, MM and dd, such as "dd.MM.yyyy HH:mm:ss", or be unix or unix_ms';
}

/** `+0100`, `UTC` → `+01:00`, `Z` */
export function offsetOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  return /^(Z|UTC)$/i.test(text) ? 'Z' : `${text.slice(0, 3)}:${text.slice(-2)}`;
}

const tokens: Record<string, string> = {
  yyyy: String.raw`(?<year>\d{4})`,
  MM: String.raw`(?<month>\d{2})`,
  M: String.raw`(?<month>\d{1,2})`,
  dd: String.raw`(?<day>\d{2})`,
  d: String.raw`(?<day>\d{1,2})`,
  HH: String.raw`(?<hour>\d{2})`,
  H: String.raw`(?<hour>\d{1,2})`,
  hh: String.raw`(?<half>\d{2})`,
  h: String.raw`(?<half>\d{1,2})`,
  mm: String.raw`(?<minute>\d{2})`,
  ss: String.raw`(?<second>\d{2})`,
  SSS: String.raw`(?<millisecond>\d{3})`,
  a: String.raw`(?<noon>[AaPp])\.?[Mm]\.?`,
  XXX: String.raw`(?<offset>Z|[+-]\d{2}:?\d{2})`,
};

function tokensOf(format: string): string[] {
  return format.match(/yyyy|MM?|dd?|HH?|hh?|mm|ss|SSS|a|XXX|[^A-Za-z]|[A-Za-z]/g) ?? [];
}

const patterns = new Map<string, RegExp>();

function patternOf(format: string): RegExp {
  const known = patterns.get(format);
  if (known !== undefined) return known;
  const parts = tokensOf(format).map((token) => tokens[token] ?? token.replace(/[^\w\s]/g, '\\$&'));
  const pattern = new RegExp(`^${parts.join('')}$`);
  patterns.set(format, pattern);
  return pattern;
}
