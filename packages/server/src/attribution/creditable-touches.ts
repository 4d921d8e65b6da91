import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../database/index.ts';
import type { ModelParameters } from '../vocabulary/credit.ts';

/** Which touches a version of a model looks at, and which orders carry credit under it. */
export type TouchRules = {
  parameters: ModelParameters;
  countable_statuses: string[];
};

/** The rules of a version; one that looks at no touches, as the product models, goes by the visit window alone. */
export async function readTouchRules(
  db: Database,
  modelVersionId: string,
  { visitWindowDays }: { visitWindowDays: number },
): Promise<TouchRules> {
  const { parameters, countable_statuses } = await db
    .selectFrom('attribution_models')
    .select(['parameters', 'countable_statuses'])
    .where('id', '=', modelVersionId)
    .$narrowType<{ parameters: ModelParameters }>()
    .executeTakeFirstOrThrow();
  return { countable_statuses, parameters: { visit_window_days: visitWindowDays, ...parameters } };
}

/**
 * Whether a row `t` of `order_touches` can be credited with a sale at this time: of the kinds that count, and alive then
 * by its last activity, or by its click where the version says so; what was only seen, for fewer days.
 */
export function isCreditable({ parameters }: TouchRules, saleTime: RawBuilder<unknown>): RawBuilder<boolean> {
  const { click_days, view_days = 0, visit_window_days, touches = ['visit', 'email_click'] } = parameters;
  const alive =
    click_days === undefined
      ? sql`${saleTime} < t.last_activity_at + ${visit_window_days}::int * interval '24 hours'`
      : sql`${saleTime} <= t.touched_at + ${click_days}::int * interval '24 hours'`;
  const seen = sql`${saleTime} <= t.touched_at + ${view_days}::int * interval '24 hours'`;
  return sql<boolean>`(t.kind = any(${touches}::text[])
    and case t.kind when 'email_open' then ${seen} else ${alive} end)`;
}
