/**
 * What the atlas calls a country, by its ISO 3166 code. It abbreviates some names, and others have been changed since;
 * all others are the English ones.
 */
const own: Record<string, string> = {
  BA: 'Bosnia and Herz.',
  CD: 'Dem. Rep. Congo',
  CF: 'Central African Rep.',
  CG: 'Congo',
  CI: "Côte d'Ivoire",
  CZ: 'Czechia',
  DO: 'Dominican Rep.',
  EH: 'W. Sahara',
  FK: 'Falkland Is.',
  GQ: 'Eq. Guinea',
  MK: 'Macedonia',
  MM: 'Myanmar',
  PS: 'Palestine',
  SB: 'Solomon Is.',
  SS: 'S. Sudan',
  SZ: 'eSwatini',
  TF: 'Fr. S. Antarctic Lands',
  TR: 'Turkey',
  TT: 'Trinidad and Tobago',
  US: 'United States of America',
};

const english = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/** Undefined for what is no country's code. */
export function atlasNameOf(code: string): string | undefined {
  return /^[A-Z]{2}$/.test(code) ? (own[code] ?? english.of(code)) : undefined;
}
