import { type RawBuilder, sql } from 'kysely';
import { isCreditable, type TouchRules } from '../../attribution/index.ts';
import type { ReportQuestion } from '../ask/resolve-question.ts';

/**
 * The creditable touches of the countable orders sold in the range, rows `order_id, campaign_id, position, touched_at,
 * ordered_at`: an arrival without a campaign stands for the built-in campaign of its channel, where channels are asked
 * for, and is left out where they are not.
 */
export function convertingTouches(
  { span, currency }: ReportQuestion,
  rules: TouchRules,
  channels: boolean,
): RawBuilder<unknown> {
  const campaign = channels ? sql`coalesce(t.campaign_id, channel.id)` : sql`t.campaign_id`;
  return sql`
    select t.order_id, ${campaign} as campaign_id, t.position, t.touched_at, o.ordered_at
      from orders o
      join order_touches t on t.order_id = o.id
      left join campaigns channel on channel.channel = t.channel
     where ${isSold({ span, currency }, rules)}
       and ${isCreditable(rules, sql`o.ordered_at`)} and ${campaign} is not null`;
}

/** Whether an order `o` carries credit and was sold in the range. */
export function isSold(
  { span: { from, to }, currency }: Pick<ReportQuestion, 'span' | 'currency'>,
  { countable_statuses }: TouchRules,
): RawBuilder<boolean> {
  return sql<boolean>`(o.status = any(${countable_statuses}::text[]) and o.currency = ${currency}
    and ${from === null ? sql`true` : sql`o.ordered_at >= ${from}`}
    and ${to === null ? sql`true` : sql`o.ordered_at < ${to}`})`;
}
