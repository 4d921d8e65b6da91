import QRCode from 'qrcode';
import { z } from 'zod';
import { textField } from '../../vocabulary/fields.ts';
import { type Route, type RouteContext, route } from '../../vocabulary/route.ts';
import { type LinkQuestion, linkOfCampaign } from './link-of-campaign.ts';
import {
  createUtmTemplate,
  deleteUtmTemplate,
  listUtmTemplates,
  updateUtmTemplate,
} from './utm-templates.ts';

const tag = 'Links';
const params = z.object({ id: z.uuid() });

const tagField = textField(200).meta({
  description: '{platform}, {type}, {name} and {code} stand for those of the campaign',
});
const linkQuery = z.object({
  utm_template_id: z.uuid().optional(),
  utm_source: tagField.optional(),
  utm_medium: tagField.optional(),
  utm_content: tagField.optional(),
  utm_term: tagField.optional(),
});
const size = z.coerce.number().int().min(64).max(2000).default(512).meta({ description: 'Pixels' });

const linkData = z.object({
  campaign_id: z.uuid(),
  tracking_code: z.string(),
  tracking_url: z.string().nullable().meta({ description: 'null where the campaign has no landing page' }),
  short_url: z.string().meta({ description: 'Through this server, which records the click' }),
  utm: z.object({
    utm_source: z.string(),
    utm_medium: z.string(),
    utm_campaign: z.string(),
    utm_content: z.string().optional(),
    utm_term: z.string().optional(),
  }),
});

const templateTags = {
  utm_source: tagField.nullish(),
  utm_medium: tagField.nullish(),
  utm_content: tagField.nullish(),
  utm_term: tagField.nullish(),
};
const name = textField(100);
const templateData = z.object({
  id: z.uuid(),
  name: z.string(),
  utm_source: z.string().nullable(),
  utm_medium: z.string().nullable(),
  utm_content: z.string().nullable(),
  utm_term: z.string().nullable(),
  created_by: z.string(),
  updated_by: z.string(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
});

export const linkRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/campaigns/:id/link',
    permission: 'campaigns:read',
    narrowedFor: ['owner'],
    tag,
    summary: 'Make the tagged link of a campaign, and its short form',
    params,
    query: linkQuery,
    data: linkData,
    handle: async ({ params: { id }, query }, context) => ({
      data: await linkOfCampaign(context, id, query),
    }),
  }),
  qrRoute('svg', 'image/svg+xml', (text, width) => QRCode.toString(text, { type: 'svg', width, margin: 2 })),
  qrRoute('png', 'image/png', (text, width) => QRCode.toBuffer(text, { width, margin: 2 })),
  route({
    method: 'GET',
    path: '/utm-templates',
    permission: 'campaigns:read',
    tag,
    summary: 'List the ways in which links are tagged',
    data: z.array(templateData),
    handle: async (_, { db }) => ({ data: await listUtmTemplates(db) }),
  }),
  route({
    method: 'POST',
    path: '/utm-templates',
    permission: 'campaigns:write',
    tag,
    summary: 'Keep a way in which links are tagged, under a name',
    statuses: [201],
    body: z.object({ name, ...templateTags }),
    data: templateData,
    handle: async ({ body }, context) => ({ status: 201, data: await createUtmTemplate(context, body) }),
  }),
  route({
    method: 'PATCH',
    path: '/utm-templates/:id',
    permission: 'campaigns:write',
    tag,
    summary: 'Change what a template says; links made before stay as they are',
    params,
    body: z.object({ name: name.optional(), ...templateTags }),
    data: templateData,
    handle: async ({ params: { id }, body }, context) => ({
      data: await updateUtmTemplate(context, id, body),
    }),
  }),
  route({
    method: 'DELETE',
    path: '/utm-templates/:id',
    permission: 'campaigns:write',
    tag,
    summary: 'Delete a template; links made with it stay as they are',
    params,
    data: z.object({ id: z.uuid(), deleted: z.literal(true) }),
    async handle({ params: { id } }, context) {
      await deleteUtmTemplate(context, id);
      return { data: { id, deleted: true } };
    },
  }),
];

function qrRoute(
  ending: 'svg' | 'png',
  type: string,
  draw: (text: string, width: number) => Promise<string | Buffer>,
): Route {
  return route({
    method: 'GET',
    path: `/campaigns/:id/qr.${ending}`,
    permission: 'campaigns:read',
    narrowedFor: ['owner'],
    tag,
    summary: `Draw the short link of a campaign as a QR code (${ending.toUpperCase()})`,
    params,
    query: linkQuery.extend({ size }),
    file: type,
    data: z.unknown(),
    handle: async ({ params: { id }, query: { size, ...asked } }, context) => ({
      data: undefined,
      file: { type, content: await draw(await shortUrl(context, id, asked), size) },
    }),
  });
}

async function shortUrl(context: RouteContext, id: string, asked: LinkQuestion): Promise<string> {
  return (await linkOfCampaign(context, id, asked)).short_url;
}
