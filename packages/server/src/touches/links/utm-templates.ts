import type { UtmOverrides } from '../../campaigns/index.ts';
import { type Database, inTransaction, isUniqueViolation } from '../../database/index.ts';
import { writeAudit } from '../../people/index.ts';
import { conflict, notFound } from '../../vocabulary/errors.ts';
import { mintId } from '../../vocabulary/ids.ts';
import type { RouteContext } from '../../vocabulary/route.ts';

/** How links are tagged, under a name. Times are ISO 8601. */
export type UtmTemplate = Tags & {
  id: string;
  name: string;
  created_by: string;
  updated_by: string;
  created_at: string;
  updated_at: string;
};

type Tags = {
  utm_source: string | null;
  utm_medium: string | null;
  utm_content: string | null;
  utm_term: string | null;
};

type Context = Pick<RouteContext, 'db' | 'clock' | 'actor'>;

export async function listUtmTemplates(db: Database): Promise<UtmTemplate[]> {
  const rows = await db.selectFrom('utm_templates').selectAll().orderBy('name').orderBy('id').execute();
  return rows.map(shown);
}

/**
 * What a template says; what it leaves open is left to the campaign.
 *
 * @throws not_found
 */
export async function readUtmTemplate(db: Database, id: string): Promise<UtmOverrides> {
  const row = await db.selectFrom('utm_templates').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw notFound('UTM template', id);
  const { utm_source, utm_medium, utm_content, utm_term } = row;
  const tags = Object.entries({ utm_source, utm_medium, utm_content, utm_term });
  return Object.fromEntries(tags.filter(([, value]) => value !== null));
}

/** @throws conflict for a name that is taken */
export async function createUtmTemplate(
  { db, clock, actor }: Context,
  { name, ...tags }: { name: string } & Partial<Tags>,
): Promise<UtmTemplate> {
  const at = clock.now();
  const row = {
    id: mintId(at),
    name,
    utm_source: tags.utm_source ?? null,
    utm_medium: tags.utm_medium ?? null,
    utm_content: tags.utm_content ?? null,
    utm_term: tags.utm_term ?? null,
    created_by: actor.name,
    updated_by: actor.name,
    created_at: at,
    updated_at: at,
  };
  await inTransaction(db, async (tx) => {
    await tx.insertInto('utm_templates').values(row).execute();
    const after = { name, ...tags };
    await audit(tx, row.id, { actor: actor.name, action: 'utm_template.create', after, at });
  }).catch(refuseTakenName(name));
  return shown(row);
}

/** @throws not_found, or conflict for a name that is taken */
export async function updateUtmTemplate(
  { db, clock, actor }: Context,
  id: string,
  change: Partial<Tags & { name: string }>,
): Promise<UtmTemplate> {
  const at = clock.now();
  return inTransaction(db, async (tx) => {
    const row = await tx
      .updateTable('utm_templates')
      .set({ ...change, updated_by: actor.name, updated_at: at })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirst();
    if (row === undefined) throw notFound('UTM template', id);
    await audit(tx, id, { actor: actor.name, action: 'utm_template.update', after: change, at });
    return shown(row);
  }).catch(refuseTakenName(change.name ?? ''));
}

/** @throws not_found */
export async function deleteUtmTemplate({ db, clock, actor }: Context, id: string): Promise<void> {
  const at = clock.now();
  await inTransaction(db, async (tx) => {
    const row = await tx
      .deleteFrom('utm_templates')
      .where('id', '=', id)
      .returning('name')
      .executeTakeFirst();
    if (row === undefined) throw notFound('UTM template', id);
    await audit(tx, id, { actor: actor.name, action: 'utm_template.delete', after: { name: row.name }, at });
  });
}

function refuseTakenName(name: string): (error: unknown) => never {
  return (error) => {
    if (!isUniqueViolation(error)) throw error;
    throw conflict(`There is a UTM template named ${name} already.`, [
      { path: 'name', message: 'is taken; choose another, or change the one that has it' },
    ]);
  };
}

async function audit(
  tx: Database,
  subject_id: string,
  entry: { actor: string; action: string; after: Record<string, unknown>; at: Date },
): Promise<void> {
  await writeAudit(tx, { ...entry, subject_kind: 'utm_template', subject_id });
}

function shown<Row extends { created_at: Date; updated_at: Date }>(row: Row) {
  return { ...row, created_at: row.created_at.toISOString(), updated_at: row.updated_at.toISOString() };
}
