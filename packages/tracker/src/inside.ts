import { keep, recall } from './keep.ts';

const soonMs = 3e4;

/**
 * Notes that this page leads to another of its site. A site that sends no referrer (`no-referrer` is what some web
 * frameworks set by themselves) would otherwise look as if each of its pages were come to directly.
 */
export function noteLeaving(to: string): void {
  if (to.startsWith(location.origin)) keep('inside', Date.now());
}

/** Asked once by each page: what was noted is for the next one alone. */
export function cameInside(): boolean {
  const notedAt = +recall('inside');
  keep('inside', '');
  return Date.now() - notedAt < soonMs;
}
