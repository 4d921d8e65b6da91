import { useNavigate, useSearch } from '@tanstack/react-router';

/** What a view shows stands in the query string, as text; whoever reads a part of it checks it. */
export type UrlState = { [name: string]: string | undefined };

/** `?a=1&b=` to its parts, and back; plainer than the router's own, which writes JSON. */
export function parseUrlState(search: string): UrlState {
  return Object.fromEntries(new URLSearchParams(search));
}

export function writeUrlState(state: Record<string, unknown>): string {
  const parts = Object.entries(state).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(parts.map(([name, value]): [string, string] => [name, String(value)]));
  return text.size === 0 ? '' : `?${text}`;
}

/** The state of the view, and how to change parts of it; undefined takes a part out. */
export function useUrlState(): [UrlState, (changes: UrlState) => void] {
  const state: UrlState = useSearch({ strict: false });
  const navigate = useNavigate();
  const change = (changes: UrlState) => {
    // Replaced, not pushed: going back leaves the page instead of undoing filters one by one.
    void navigate({ to: '.', search: (all) => ({ ...all, ...changes }), replace: true, resetScroll: false });
  };
  return [state, change];
}

/** One of the words, or the first. */
export function oneOf<const Words extends readonly string[]>(
  value: string | undefined,
  words: Words,
): Words[number] {
  return words.find((word) => word === value) ?? words[0]!;
}
