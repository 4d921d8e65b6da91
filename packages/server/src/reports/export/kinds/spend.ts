import { formatMoney } from '../../../vocabulary/money.ts';
import type { Exporter, ExportSpan } from '../exporter.ts';
import { afterKey } from '../keyset.ts';

/** What campaigns cost, entry by entry; a span takes the days that it touches in `timeZone`, since a day has no instant. */
export const spend = (
  daysOf: (span: ExportSpan) => { from: string | null; to: string | null },
): Exporter => ({
  columns: [
    ...[
      'id',
      'campaign_id',
      'campaign',
      'campaign_name',
      'day',
      'amount',
      'currency',
      'source',
      'kind',
      'note',
    ],
    ...['created_by', 'created_at'],
  ],
  amounts: ['amount'],
  async read(db, span, after, size) {
    const { from, to } = daysOf(span);
    let query = db
      .selectFrom('campaign_spend as s')
      .innerJoin('campaigns as c', 'c.id', 's.campaign_id')
      .select(['s.id', 's.campaign_id', 'c.tracking_code as campaign', 'c.name as campaign_name', 's.day'])
      .select([
        's.amount_minor',
        's.currency',
        's.source',
        's.kind',
        's.note',
        's.created_by',
        's.created_at',
      ])
      .where(afterKey(['s.day', 's.id'], ['date', 'uuid'], after));
    if (from !== null) query = query.where('s.day', '>=', from);
    if (to !== null) query = query.where('s.day', '<=', to);
    const page = await query.orderBy('s.day').orderBy('s.id').limit(size).execute();
    const rows = page.map(({ amount_minor, ...row }) => ({
      ...row,
      amount: formatMoney(amount_minor, row.currency),
    }));
    const last = page.at(-1);
    return { rows, last: last && [last.day, last.id] };
  },
});
