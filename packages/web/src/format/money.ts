import { nothing } from './locale.ts';
import { formatter } from './number.ts';

type Given = number | null | undefined;

/** An amount with its currency and all of its decimals: "€1,234.50". */
export function formatMoney(amount: Given, currency: string): string {
  if (amount == null || !Number.isFinite(amount)) return nothing;
  return formatter({ style: 'currency', currency }).format(amount);
}

/** An amount for a column whose header names the currency: "1,234.50". */
export function formatAmount(amount: Given, currency: string): string {
  if (amount == null || !Number.isFinite(amount)) return nothing;
  const digits = currencyDigits(currency);
  return formatter({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(amount);
}

/** Shortened for a tile or an axis: "€12.4K". */
export function formatShortMoney(amount: Given, currency: string): string {
  if (amount == null || !Number.isFinite(amount)) return nothing;
  if (Math.abs(amount) < 10_000) return formatMoney(amount, currency);
  return formatter({
    style: 'currency',
    currency,
    notation: 'compact',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  }).format(amount);
}

/** An amount on an axis, where there is no room for cents: "€1.5K". */
export function formatAxisMoney(amount: number, currency: string): string {
  return formatter({ style: 'currency', currency, notation: 'compact', maximumFractionDigits: 1 }).format(
    amount,
  );
}

/** How many decimals the currency has. */
export function currencyDigits(currency: string): number {
  return formatter({ style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}
