import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { ask } from './ask.ts';
import type { CampaignLink, UtmTags, UtmTemplate } from './types/links.ts';

/** How a link is tagged: as a template says, and where it is said otherwise, so. */
export type LinkTags = UtmTags & { utm_template_id?: string };

export function linkQuery(campaignId: string, tags: LinkTags) {
  return queryOptions({
    queryKey: ['campaign', campaignId, 'link', tags],
    queryFn: async ({ signal }) =>
      (await ask<CampaignLink>(`/campaigns/${campaignId}/link`, { query: tags, signal })).data,
    placeholderData: keepPreviousData,
  });
}

/** Where the QR code of a campaign's short link is drawn. */
export function qrAddress(campaignId: string, tags: LinkTags, ending: 'svg' | 'png', size: number): string {
  const given = Object.entries(tags).filter(([, value]) => value !== undefined);
  const query = new URLSearchParams([...given, ['size', String(size)]]);
  return `/api/v1/campaigns/${campaignId}/qr.${ending}?${query}`;
}

export const utmTemplatesQuery = queryOptions({
  queryKey: ['utm-templates'],
  queryFn: async ({ signal }) => (await ask<UtmTemplate[]>('/utm-templates', { signal })).data,
});

export async function createUtmTemplate(body: { name: string } & UtmTags): Promise<UtmTemplate> {
  return (await ask<UtmTemplate>('/utm-templates', { method: 'POST', body })).data;
}

/** Null takes a tag out of it. */
export async function updateUtmTemplate(id: string, body: Omit<UtmTemplate, 'id'>): Promise<UtmTemplate> {
  return (await ask<UtmTemplate>(`/utm-templates/${id}`, { method: 'PATCH', body })).data;
}

export async function deleteUtmTemplate(id: string): Promise<void> {
  await ask(`/utm-templates/${id}`, { method: 'DELETE' });
}
