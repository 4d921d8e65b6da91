import { sql } from 'kysely';
import { effectiveStatus } from '../../../campaigns/index.ts';
import { formatMoney } from '../../../vocabulary/money.ts';
import type { Exporter } from '../exporter.ts';
import { afterKey, within } from '../keyset.ts';

/** Campaigns with the periods in which they ran; a span is of when they were created. */
export const campaigns = (now: Date): Exporter => ({
  columns: [
    ...['id', 'parent_campaign_id', 'name', 'platform', 'campaign_type', 'tracking_code', 'status'],
    ...[
      'starts_at',
      'ends_at',
      'ended_at',
      'archived_at',
      'running_periods',
      'owner',
      'objective',
      'description',
    ],
    ...['currency', 'budget_type', 'budget_amount', 'post_url', 'landing_url', 'call_to_action', 'socials'],
    ...['targeting', 'notes', 'metadata', 'created_by', 'updated_by', 'created_at', 'updated_at'],
  ],
  amounts: ['budget_amount'],
  async read(db, span, after, size) {
    const page = await db
      .selectFrom('campaigns')
      .selectAll()
      .select(
        sql<{ from: string; to: string | null }[]>`(
          select coalesce(json_agg(json_build_object('from', lower(period), 'to', upper(period))
                                   order by lower(period)), '[]')
            from campaign_running_periods where campaign_id = campaigns.id)`.as('running_periods'),
      )
      .where('channel', 'is', null)
      .where(within('created_at', span))
      .where(afterKey(['id'], ['uuid'], after))
      .orderBy('id')
      .limit(size)
      .execute();
    const rows = page.map(({ budget_amount_minor, running_periods, ...campaign }) => ({
      ...campaign,
      status: effectiveStatus(campaign, now),
      budget_amount:
        budget_amount_minor === null ? null : formatMoney(budget_amount_minor, campaign.currency),
      running_periods: running_periods.map(({ from, to }) => ({
        from: new Date(from).toISOString(),
        to: to === null ? null : new Date(to).toISOString(),
      })),
    }));
    const last = page.at(-1);
    return { rows, last: last && [last.id] };
  },
});
