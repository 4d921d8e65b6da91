import { inTransaction, type JobPayloads } from '../database/index.ts';
import { rebuildRollups, type Subject } from '../rollups/index.ts';
import type { JobContext } from './job-context.ts';
import { conservingVersions } from './settle-orders.ts';

/** The job that follows a move in the campaign tree: sums the trees (and platforms) that it touched anew. */
export async function rebuildTree(
  { campaign_ids, platforms = [], own = false }: JobPayloads['rebuild-tree'],
  { db }: JobContext,
): Promise<void> {
  const subjects: Subject[] = [
    ...campaign_ids.map((subject) => ({ kind: 'tree' as const, subject })),
    ...(own ? campaign_ids.map((subject) => ({ kind: 'campaign' as const, subject })) : []),
    ...platforms.map((subject) => ({ kind: 'platform' as const, subject })),
  ];
  await inTransaction(db, async (tx) => rebuildRollups(tx, await conservingVersions(tx), subjects));
}
