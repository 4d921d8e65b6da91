import { z } from 'zod';
import { type Route, route } from '../vocabulary/route.ts';
import { allVersions, type ModelVersion } from './model-versions.ts';
import { models } from './models/index.ts';

/** A version of a model, as the API shows it. */
const modelData = z.object({
  id: z.uuid(),
  model: z.string(),
  version: z.int(),
  status: z.enum(['filling', 'published', 'retired']).meta({
    description:
      'filling: filled from the past beside the published one; retired: its entries stay, none are added',
  }),
  additive: z
    .boolean()
    .meta({ description: 'Whether its credit adds up; FULL credit shows reach and does not' }),
  parameters: z.record(z.string(), z.unknown()),
  countable_statuses: z.array(z.string()),
  created_by: z.string(),
  created_at: z.iso.datetime(),
  published_at: z.iso.datetime().nullable(),
});

export const routes: Route[] = [
  route({
    method: 'GET',
    path: '/attribution-models',
    permission: 'reports:read',
    tag: 'Attribution',
    summary: 'The versions of the models: which are published, being filled or retired, and what they count',
    data: z.array(modelData),
    handle: async (_, { db }) => ({
      data: (await allVersions(db)).map(({ created_by, created_at, published_at, ...version }) => ({
        ...showVersion(version),
        created_by,
        created_at: created_at.toISOString(),
        published_at: published_at?.toISOString() ?? null,
      })),
    }),
  }),
];

export function showVersion({ parameters, ...version }: ModelVersion) {
  return { ...version, parameters: { ...parameters }, additive: models.get(version.model)!.conserving };
}
