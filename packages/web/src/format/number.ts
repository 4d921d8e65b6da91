import { locale, nothing } from './locale.ts';

type Given = number | null | undefined;

/** A whole number, such as orders. */
export function formatCount(value: Given): string {
  return written(value, { maximumFractionDigits: 0 });
}

/** A quantity: up to four decimals, none where there are none. */
export function formatQuantity(value: Given): string {
  return written(value, { maximumFractionDigits: 4 });
}

/** A percentage as the API gives it: 23.9 is 23.9 %. */
export function formatPercent(value: Given): string {
  return written(value == null ? value : value / 100, {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
}

/** A ratio such as ROAS. */
export function formatRatio(value: Given): string {
  return written(value, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

/** Shortened for a tile: 12.4K. */
export function formatShort(value: Given): string {
  if (value != null && Math.abs(value) < 10_000) return formatQuantity(Math.round(value * 100) / 100);
  return written(value, { notation: 'compact', minimumFractionDigits: 1, maximumFractionDigits: 1 });
}

/** A change in percent with its sign, "+12.4%". */
export function formatChange(value: Given): string {
  return written(value == null ? value : value / 100, {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
    signDisplay: 'exceptZero',
  });
}

function written(value: Given, options: Intl.NumberFormatOptions): string {
  if (value == null || !Number.isFinite(value)) return nothing;
  return formatter(options).format(value);
}

const formatters = new Map<string, Intl.NumberFormat>();

// Making a formatter takes some 30 µs, too long for each cell of a table.
export function formatter(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const name = JSON.stringify(options);
  const known = formatters.get(name) ?? new Intl.NumberFormat(locale, options);
  formatters.set(name, known);
  return known;
}
