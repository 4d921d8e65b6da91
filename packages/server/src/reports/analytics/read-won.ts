import { sql } from 'kysely';
import { isCreditable, type TouchRules } from '../../attribution/index.ts';
import type { Database } from '../../database/index.ts';
import type { VisitShares } from '../../rollups/index.ts';
import type { Minor } from '../../vocabulary/money.ts';
import type { ReportQuestion } from '../ask/resolve-question.ts';
import { lineCredits } from '../campaign/line-credits.ts';

/** Visits by what is known of them, with the orders they led to. */
export type WonShares = Record<keyof VisitShares, WonShare[]>;
export type WonShare = Won & { value: string | null; visits: bigint };
type Won = { conversions: bigint; revenue_minor: Minor };

type Row = Won & { devices: string | null; countries: string | null; channels: string | null };

/**
 * Adds to the visits of campaigns what was won on which device, from which country and by which channel: each order that
 * the campaigns hold credit of counts where its last visit by them was made, and as unknown where none is known. So the
 * parts add up to the conversions and the revenue of the campaigns together. Of what was won by visits of an earlier time
 * there may be no visit in the range.
 */
export async function readWon(
  db: Database,
  question: ReportQuestion,
  campaignIds: string[],
  { shares, rules }: { shares: VisitShares; rules: TouchRules },
): Promise<WonShares> {
  const { rows } = await sql<Row>`
    with held as materialized (
      select order_id, sum(weight * revenue_minor)::bigint as revenue_minor,
             coalesce(bool_or(is_held) filter (where weight = 1), false)::int
               - coalesce(bool_or(is_held) filter (where weight = -1), false)::int as conversions
        from (${lineCredits(question, campaignIds)}) credit
       group by order_id
    )
    select click.device_type as devices, click.country as countries, click.channel as channels,
           sum(held.conversions)::bigint as conversions, sum(held.revenue_minor)::bigint as revenue_minor
      from held
      left join lateral (
        select t.session_id, t.touch_id
          from order_touches t
          join orders o on o.id = t.order_id
         where t.order_id = held.order_id and t.campaign_id = any(${campaignIds}::uuid[]) and t.kind = 'visit'
           and ${isCreditable(rules, sql`o.ordered_at`)}
         order by t.position desc
         limit 1
      ) touch on true
      left join clicks click on click.session_id = touch.session_id and click.id = touch.touch_id
     where held.conversions <> 0 or held.revenue_minor <> 0
     group by click.device_type, click.country, click.channel`.execute(db);
  return {
    devices: together(shares.devices, rows, 'devices'),
    countries: together(shares.countries, rows, 'countries'),
    channels: together(shares.channels, rows, 'channels'),
  };
}

/** The most visits first, as they were; then what was won without any, the most first. */
function together(
  visited: { value: string | null; visits: bigint }[],
  rows: Row[],
  kind: keyof VisitShares,
): WonShare[] {
  const won = new Map<string | null, Won>();
  for (const row of rows) {
    const sum = won.get(row[kind]) ?? { conversions: 0n, revenue_minor: 0n };
    won.set(row[kind], {
      conversions: sum.conversions + row.conversions,
      revenue_minor: sum.revenue_minor + row.revenue_minor,
    });
  }
  const known = visited.map((share) => {
    const { conversions = 0n, revenue_minor = 0n } = won.get(share.value) ?? {};
    won.delete(share.value);
    return { ...share, conversions, revenue_minor };
  });
  const others = [...won].map(([value, sums]) => ({ value, visits: 0n, ...sums }));
  return [...known, ...others.sort((a, b) => Number(b.revenue_minor - a.revenue_minor))];
}
