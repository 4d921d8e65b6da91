import { writeFile } from 'node:fs/promises';
import type { Database } from '../../database/index.ts';
import { invalid, TouchstoneError } from '../../vocabulary/errors.ts';
import { dropStaged } from './join/stage-rows.ts';
import { holdImport } from './keep/hold-import.ts';
import { endImport } from './keep/keep-progress.ts';
import { type ImportKind, importables } from './kinds/import-kinds.ts';
import { planImport } from './mapping/plan-import.ts';
import { readMapping } from './mapping/read-mapping.ts';
import { inspectFile } from './read/inspect-file.ts';
import { type ImportJob, type RunContext, runImport } from './run-import.ts';
import type { ImportSummary } from './summarise-import.ts';

export type ImportRequest = {
  kind: ImportKind;
  /** Paths of CSV or NDJSON files. */
  files: string[];
  /** Path of a mapping in YAML; without one, columns and keys are the API's fields. */
  mapping: string | undefined;
  /** Answers what would become of every row, and writes nothing. */
  dryRun: boolean;
  /** Where what was refused is written, as CSV or NDJSON by the name's ending. */
  rejectsFile: string | undefined;
};

/**
 * Records what files hold, by the verbs by which the API records it. Files are read through once before anything is
 * recorded: what is broken as a whole is refused as a whole. Then records are taken in batches, each in one transaction
 * with the count of how far it came: a kill at any moment loses nothing and doubles nothing, and the same import again
 * goes on where it stopped. Repeated when it is finished, it changes nothing.
 *
 * A dry run does all of it in one transaction that is rolled back, so that it counts exactly what the import would.
 * Until then it holds the locks that the import would hold, so others wait for what it would change.
 *
 * @throws invalid for files or a mapping that cannot be used, before anything is recorded
 * @throws conflict when another process carries out the same import
 */
export async function importFiles(
  db: Database,
  request: ImportRequest,
  context: RunContext,
): Promise<ImportSummary> {
  const job = await prepare(request);
  return request.dryRun ? rehearse(db, job, context) : carryOut(db, job, context);
}

async function prepare({ kind, files: paths, mapping, rejectsFile }: ImportRequest): Promise<ImportJob> {
  const read = mapping === undefined ? undefined : await readMapping(mapping);
  const files = [];
  for (const path of paths) files.push(await inspectFile(path, read?.mapping.csv));
  refuseSameName(files);
  if (rejectsFile !== undefined) await refuseUnwritable(rejectsFile);
  const { schema } = importables[kind];
  return { plan: planImport({ kind, schema, files, read }), mapping: read?.text, rejectsFile };
}

// Better now than when everything is recorded.
async function refuseUnwritable(path: string): Promise<void> {
  await writeFile(path, '').catch((error: NodeJS.ErrnoException) => {
    throw invalid(
      '--rejects',
      `${path} cannot be written (${error.code}); check the path and who may write there`,
    );
  });
}

function refuseSameName(files: { name: string }[]): void {
  const names = files.map(({ name }) => name);
  const double = names.find((name, place) => names.indexOf(name) !== place);
  if (double === undefined) return;
  throw new TouchstoneError('invalid', `Two files are named ${double}; their rows could not be told apart.`);
}

// On one connection from the first to the last, since the temporary tables of joined files belong to it.
function carryOut(db: Database, job: ImportJob, context: RunContext): Promise<ImportSummary> {
  return db.connection().execute(async (connection) => {
    const { id, position } = await holdImport(connection, job, context);
    const place = { id, position };
    try {
      return await runImport(connection, job, place, context);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const end = { status: 'failed' as const, error: message, now: context.clock.now() };
      // What failed may be the connection itself; the import then reads as running, and goes on all the same.
      await Promise.allSettled([endImport(connection, place, end)]);
      throw error;
    } finally {
      await Promise.allSettled([dropStaged(connection, job.plan)]);
    }
  });
}

async function rehearse(db: Database, job: ImportJob, context: RunContext): Promise<ImportSummary> {
  const rehearsal = await db.startTransaction().setIsolationLevel('read committed').execute();
  try {
    const { id, position } = await holdImport(rehearsal, job, context);
    const summary = await runImport(rehearsal, job, { id, position }, context);
    return { ...summary, id: null, dry_run: true };
  } finally {
    await rehearsal.rollback().execute();
  }
}
