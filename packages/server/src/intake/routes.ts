import { z } from 'zod';
import { jsonField, pageFields } from '../vocabulary/fields.ts';
import { type Route, route } from '../vocabulary/route.ts';
import { listImports, readImport } from './files/keep/read-imports.ts';
import { listRejections } from './files/keep/read-rejections.ts';
import { importKinds } from './files/kinds/import-kinds.ts';
import { routes as deliveries } from './webhooks/delivery-routes.ts';

const tag = 'Imports';
const params = z.object({ id: z.uuid() });

const importData = z.object({
  id: z.uuid(),
  kind: z.enum(importKinds),
  status: z.enum(['running', 'stopped', 'failed', 'completed']),
  files: z.array(z.object({ name: z.string(), bytes: z.int(), rows: z.int(), sha256: z.string() })),
  rows_total: z.int(),
  records: z.int().meta({ description: 'How many are done; several rows of a file can make one record' }),
  created: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  ignored_older: z.int(),
  rejected: z.int(),
  error: z.string().nullable(),
  created_by: z.string(),
  created_at: z.iso.datetime(),
  changed_at: z.iso.datetime(),
  finished_at: z.iso.datetime().nullable(),
});

const rejectionData = z.object({
  file: z.string(),
  line: z.int(),
  field: z.string().nullable(),
  column: z.string().nullable(),
  reason: z.string(),
  row: z.record(z.string(), jsonField).meta({ description: 'As it stands in the file' }),
});

export const routes: Route[] = [
  route({
    method: 'GET',
    path: '/imports',
    permission: 'operations:read',
    tag,
    summary: 'List imports of files, the newest first, with how far each has come',
    query: z.object({ ...pageFields, kind: z.enum(importKinds).optional() }),
    data: z.array(importData),
    async handle({ query }, { db }) {
      const { imports, next_cursor } = await listImports(db, query);
      return { data: imports, meta: { next_cursor } };
    },
  }),
  route({
    method: 'GET',
    path: '/imports/:id',
    permission: 'operations:read',
    tag,
    summary: 'Show an import and how far it has come',
    params,
    data: importData,
    async handle({ params: { id } }, { db }) {
      return { data: await readImport(db, id) };
    },
  }),
  route({
    method: 'GET',
    path: '/imports/:id/rejections',
    permission: 'operations:write',
    tag,
    summary: 'The rows that an import could not take: where they stand, which field, and why',
    csv: true,
    params,
    query: z.object(pageFields),
    data: z.array(rejectionData),
    async handle({ params: { id }, query }, { db }) {
      await readImport(db, id);
      const { rejections, next_cursor } = await listRejections(db, id, query);
      const columns = Object.keys(rejectionData.shape);
      const csv = { filename: `rejections-${id}.csv`, columns, rows: rejections };
      return { data: rejections, meta: { next_cursor }, csv };
    },
  }),
  ...deliveries,
];
