import type { UtmTags } from '../../api/types/links.ts';

/** What a link says beside its campaign, as forms ask for it. */
export const tagFields: { name: keyof UtmTags; label: string; description: string }[] = [
  { name: 'utm_source', label: 'Source', description: 'Where it stands: instagram' },
  { name: 'utm_medium', label: 'Medium', description: 'What kind of place that is: social' },
  { name: 'utm_content', label: 'Content', description: 'Which of several: blue-dress' },
  { name: 'utm_term', label: 'Term', description: 'The keyword of an ad' },
];
