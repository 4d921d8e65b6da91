import { locale } from './locale.ts';

const names = new Intl.DisplayNames(locale, { type: 'region' });

/** A country by its code, in the reader's language; "Unknown" where none is known. */
export function countryName(code: string | null | undefined): string {
  if (code == null || !/^[A-Z]{2}$/.test(code)) return 'Unknown';
  return names.of(code) ?? code;
}
