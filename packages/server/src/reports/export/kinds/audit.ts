import type { Exporter } from '../exporter.ts';
import { afterKey, within } from '../keyset.ts';

/** Who changed what, in the order in which it was changed. */
export const audit: Exporter = {
  columns: ['id', 'at', 'actor', 'action', 'subject_kind', 'subject_id', 'before', 'after', 'reason'],
  amounts: [],
  async read(db, span, after, size) {
    const page = await db
      .selectFrom('audit_log')
      .selectAll()
      .where(within('at', span))
      .where(afterKey(['at', 'id'], ['timestamptz', 'uuid'], after))
      .orderBy('at')
      .orderBy('id')
      .limit(size)
      .execute();
    const last = page.at(-1);
    return { rows: page, last: last && [last.at, last.id] };
  },
};
