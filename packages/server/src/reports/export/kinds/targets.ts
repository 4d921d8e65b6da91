import { sql } from 'kysely';
import type { Exporter } from '../exporter.ts';
import { afterKey } from '../keyset.ts';

/** Which campaign promoted which product, and when; a span takes every period that reaches into it. */
export const targets: Exporter = {
  columns: [
    ...[
      'id',
      'campaign_id',
      'campaign_name',
      'product_id',
      'product_source',
      'product_external_id',
      'from',
      'to',
    ],
    ...['created_by', 'created_at', 'removed_by', 'removed_at'],
  ],
  amounts: [],
  async read(db, { from, to }, after, size) {
    const page = await db
      .selectFrom('campaign_targets as t')
      .innerJoin('campaigns as c', 'c.id', 't.campaign_id')
      .innerJoin('products as p', 'p.id', 't.product_id')
      .select(['t.id', 't.campaign_id', 'c.name as campaign_name', 't.product_id'])
      .select(['p.source as product_source', 'p.external_id as product_external_id'])
      .select(sql<Date>`lower(t.period)`.as('from'))
      .select(sql<Date | null>`upper(t.period)`.as('to'))
      .select(['t.created_by', 't.created_at', 't.removed_by', 't.removed_at'])
      .where(sql<boolean>`t.period && tstzrange(${from}, ${to})`)
      .where(afterKey(['t.id'], ['uuid'], after))
      .orderBy('t.id')
      .limit(size)
      .execute();
    const last = page.at(-1);
    return { rows: page, last: last && [last.id] };
  },
};
