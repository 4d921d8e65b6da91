import { sql } from 'kysely';
import type { Database } from '../database/index.ts';
import { applyChanges } from './apply-changes.ts';
import type { RollupChanges, RollupRules } from './change-rollups.ts';
import { replayLedger } from './replay-ledger.ts';
import { rowsOf } from './rollup-rows.ts';
import {
  isOfProduct,
  type ProductKind,
  productRange,
  readSubjects,
  type Subject,
  type SubjectKind,
} from './subjects.ts';

/**
 * Throws the rollups of these subjects away and sums them anew from the ledger, in the caller's transaction. Posting
 * holds the tree's lock shared, this holds it alone: nothing is posted by yesterday's tree once it has begun.
 */
export async function rebuildRollups(
  tx: Database,
  conserving: (modelVersionId: string) => boolean,
  subjects: Subject[],
): Promise<void> {
  await lockTree(tx, 'alone');
  const wanted = new Set(subjects.map(({ kind, subject }) => `${kind}|${subject}`));
  const isWanted = ({ kind, subject }: Subject) =>
    wanted.has(isOfProduct(kind) ? wider(kind, subject) : `${kind}|${subject}`);
  // Before the tree is read: a campaign that is made meanwhile has no credit, and the tree does not know it.
  const made = await tx.selectFrom('campaigns').select('id').execute();
  const subjectsOf = await readSubjects(tx);
  const rules: RollupRules = {
    conserving,
    subjectsOf: (id, productId) => subjectsOf(id, productId).filter(isWanted),
  };
  for (const { kind, subject } of subjects) {
    await deleteProducts(tx, kind, subject);
    await tx
      .deleteFrom('credit_rollups')
      .where('subject_kind', '=', kind)
      .where('subject', '=', subject)
      .execute();
  }
  const campaigns = made.map(({ id }) => id).filter((id) => rules.subjectsOf(id).length > 0);
  const changes: RollupChanges = new Map();
  for await (const orderIds of ordersCreditedTo(tx, campaigns)) {
    await replayLedger(tx, orderIds, changes, rules);
  }
  const rows = rowsOf(changes).filter(({ subject_kind: kind, subject }) => isWanted({ kind, subject }));
  await applyChanges(tx, rows);
}

/** A campaign's rollups of products go with its own, a tree's with those of the tree. */
function wider(kind: ProductKind, subject: string): string {
  return `${kind === 'tree_product' ? 'tree' : 'campaign'}|${subject.slice(0, subject.indexOf('|'))}`;
}

async function deleteProducts(tx: Database, kind: SubjectKind, subject: string): Promise<void> {
  if (kind !== 'tree' && kind !== 'campaign') return;
  const [first, beyond] = productRange(subject);
  await sql`
    delete from credit_rollups
     where subject_kind = ${sql.lit(`${kind}_product`)}
       and subject collate "C" >= ${first} and subject collate "C" < ${beyond}`.execute(tx);
}

// Arbitrary, and only ours.
const treeLock = 7_113_002;

/** Holds the campaign tree as it is until the transaction ends: shared by those who post, alone by those who rebuild. */
export async function lockTree(tx: Database, how: 'shared' | 'alone'): Promise<void> {
  await (how === 'shared'
    ? sql`select pg_advisory_xact_lock_shared(${treeLock})`
    : sql`select pg_advisory_xact_lock(${treeLock})`
  ).execute(tx);
}

const batchSize = 2_000;

async function* ordersCreditedTo(db: Database, campaignIds: string[]): AsyncGenerator<string[]> {
  let after = '00000000-0000-0000-0000-000000000000';
  while (campaignIds.length > 0) {
    const { rows } = await sql<{ order_id: string }>`
      select distinct order_id from credit_entries
       where campaign_id = any(${campaignIds}::uuid[]) and order_id > ${after}
       order by order_id limit ${batchSize}`.execute(db);
    if (rows.length === 0) return;
    yield rows.map((row) => row.order_id);
    after = rows.at(-1)!.order_id;
  }
}
