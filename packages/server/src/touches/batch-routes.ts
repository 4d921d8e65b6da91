import { z } from 'zod';
import { batchData, batchOf, batchRecorder } from '../vocabulary/batch.ts';
import { type Route, route } from '../vocabulary/route.ts';
import { identityRow, recordIdentityRows } from './identities/identity-row.ts';
import { recordVisits } from './visits/batch/record-visits.ts';
import { visitRow } from './visits/batch/visit-row.ts';

const tag = 'Tracking';
const largestBatch = 10_000;

const recordVisitBatch = batchRecorder(visitRow);
const recordIdentityBatch = batchRecorder(identityRow);

/** What the shop's server sends, with its own times. */
export const batchRoutes: Route[] = [
  route({
    method: 'POST',
    path: '/visits/batch',
    permission: 'visits:write',
    tag,
    summary: 'Record up to 10,000 visits with their own times; faulty ones are rejected and named',
    statuses: [200],
    body: z.object({ visits: batchOf(visitRow, largestBatch).shape.items }),
    data: batchData,
    async handle({ body }, { db, clock, settings: { visitWindowDays } }) {
      return await recordVisitBatch(body.visits, (rows) =>
        recordVisits(db, rows, { clock, visitWindowDays }),
      );
    },
  }),
  route({
    method: 'POST',
    path: '/identities/batch',
    permission: 'visits:write',
    tag,
    summary: 'Record whose up to 10,000 sessions were since when; faulty ones are rejected and named',
    statuses: [200],
    body: z.object({ identities: batchOf(identityRow, largestBatch).shape.items }),
    data: batchData,
    async handle({ body }, { db, clock }) {
      return await recordIdentityBatch(body.identities, (rows) => recordIdentityRows(db, rows, { clock }));
    },
  }),
];
