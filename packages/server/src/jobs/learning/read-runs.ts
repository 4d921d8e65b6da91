import { type Selectable, sql } from 'kysely';
import type { Learned } from '../../attribution/index.ts';
import type { Database, Tables } from '../../database/index.ts';
import { conflict, notFound } from '../../vocabulary/errors.ts';

type Run = Omit<Selectable<Tables['model_runs']>, 'transitions' | 'effects'>;

/** The newest runs first, without what they learned. */
export async function listRuns(db: Database, limit: number) {
  const rows = await runs(db).orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
  return rows.map(showRun);
}

/**
 * A run with what it learned of each campaign; the campaigns are empty until it has completed.
 * @throws not_found
 */
export async function readRun(db: Database, id: string) {
  const run = await runs(db).where('id', '=', id).executeTakeFirst();
  if (run === undefined) throw notFound('run', id);
  const { rows } = await sql<{
    campaign_id: string;
    name: string;
    removal_effect: number | null;
    conversions: number;
  }>`
    select effect.campaign_id, campaigns.name, effect.removal_effect, effect.conversions
      from model_runs run,
           jsonb_to_recordset(run.effects)
             as effect (campaign_id uuid, removal_effect double precision, conversions double precision)
      join campaigns on campaigns.id = effect.campaign_id
     where run.id = ${id}
     order by effect.conversions desc, campaigns.name`.execute(db);
  return { ...showRun(run), campaigns: rows };
}

/** How often which campaign, or which end, followed the campaigns touched last. */
export type ShownTransition = { from: string[]; to: string; count: number; probability: number };

/**
 * The transition matrix a Markov chain was solved from, state by state, a page at a time.
 *
 * @param after place of the last transition of the page before; 0 at first
 * @returns `last` is the place to go on from, null at the end
 * @throws not_found
 * @throws conflict where there is none: while it is being learned, or of a model that has none
 */
export async function readTransitions(
  db: Database,
  id: string,
  { after, limit }: { after: number; limit: number },
): Promise<{ rows: ShownTransition[]; last: number | null }> {
  const run = await db
    .selectFrom('model_runs')
    .select(['status', 'effects', sql<boolean>`transitions is not null`.as('has_transitions')])
    .where('id', '=', id)
    .executeTakeFirst();
  if (run === undefined) throw notFound('run', id);
  if (!run.has_transitions) {
    throw conflict(`The run has no transition matrix: it is ${run.status}, and only Markov chains have one.`);
  }
  const { rows } = await sql<{ value: Transition; place: number; probability: number }>`
    select value, place, probability
      from (
        select step.value, step.place::int as place,
               (step.value ->> 2)::double precision
                 / sum((step.value ->> 2)::double precision) over (partition by step.value -> 0) as probability
          from model_runs run, jsonb_array_elements(run.transitions) with ordinality as step (value, place)
         where run.id = ${id}
      ) matrix
     where place > ${after}
     order by place
     limit ${limit + 1}`.execute(db);
  const effects = run.effects as Learned['effects'];
  const idOf = (place: number) => effects[place]!.campaign_id;
  const page = rows.slice(0, limit);
  return {
    rows: page.map(({ value: [from, to, count], probability }) => ({
      from: from.map(idOf),
      to: typeof to === 'number' ? idOf(to) : to,
      count,
      probability,
    })),
    last: rows.length > limit ? page.at(-1)!.place : null,
  };
}

type Transition = NonNullable<Learned['transitions']>[number];

function runs(db: Database) {
  return db
    .selectFrom('model_runs')
    .select(['id', 'model', 'chain_order', 'from_time', 'to_time', 'parameters', 'countable_statuses'])
    .select(['status', 'percent', 'conversions', 'lapses', 'states', 'version_id', 'error'])
    .select(['created_by', 'created_at', 'started_at', 'finished_at']);
}

function showRun({ chain_order, from_time, to_time, parameters, ...run }: Run) {
  return {
    ...run,
    order: chain_order,
    from: from_time?.toISOString() ?? null,
    to: to_time?.toISOString() ?? null,
    parameters: parameters as Record<string, unknown>,
    created_at: run.created_at.toISOString(),
    started_at: run.started_at?.toISOString() ?? null,
    finished_at: run.finished_at?.toISOString() ?? null,
  };
}
