import { useMemo } from 'react';
import type { LinkTags } from '../../api/links.ts';
import { type UrlState, useUrlState } from '../../url-state.ts';

const names = ['utm_source', 'utm_medium', 'utm_content', 'utm_term', 'utm_template_id'] as const;

/** How the link is tagged, as the address says. */
export function useLinkTags(): { tags: LinkTags; change: (changes: LinkTags) => void } {
  const [state, change] = useUrlState();
  const given = JSON.stringify(names.map((name) => [name, state[name]]).filter(([, value]) => value));
  const tags = useMemo<LinkTags>(() => Object.fromEntries(JSON.parse(given)), [given]);
  return { tags, change: change as (changes: UrlState) => void };
}
