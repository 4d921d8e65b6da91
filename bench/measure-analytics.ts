import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { migrateDatabase, openDatabase } from '../packages/server/src/database/index.ts';
import { fillNewVersions } from '../packages/server/src/jobs/index.ts';
import { sumVisits } from '../packages/server/src/rollups/index.ts';
import { percentile, timed } from './percentile.ts';
import { serveBench } from './serve-bench.ts';

// A year of visits: two thirds to a parent with thirty campaigns below it, seven in a hundred to one campaign, the rest
// to others; every fourth by a session that was there before, one session in thirty known. Each question is asked through
// the API, and beside it the database counts the same clicks itself.
const { values } = parseArgs({
  options: { visits: { type: 'string', default: '1000000' }, turns: { type: 'string', default: '7' } },
});
const visits = Number(values.visits);
const turns = Number(values.turns);
const parent = idOf(0);
const alone = idOf(31);
const endsAt = new Date('2026-01-01T00:00:00Z');

const dataDirectory = fileURLToPath(new URL('../.bench/analytics/', import.meta.url));
await rm(dataDirectory, { recursive: true, force: true });
const database = await openDatabase(
  { databaseUrl: undefined, dataDirectory },
  { company: 'alone', log: console.log },
);
try {
  const { db, pool } = database;
  await migrateDatabase(pool);
  await fillNewVersions(
    db,
    { models: ['last_touch'], countableStatuses: ['completed'], visitWindowDays: 30 },
    endsAt,
  );
  for (const statement of loading()) await pool.query(statement);
  await pool.query('vacuum (analyze)');
  const started = performance.now();
  await sumVisits(db, endsAt);
  console.log(`${visits} clicks summed in ${((performance.now() - started) / 1_000).toFixed(0)} s`);
  await pool.query('vacuum (analyze)');
  await measure();
} finally {
  await database.close();
  await rm(dataDirectory, { recursive: true, force: true });
}

async function measure(): Promise<void> {
  const { server, ask } = await serveBench(database.pool);
  const spans = {
    month: { from: '2025-06-01', to: '2025-06-30' },
    year: { from: '2025-01-01', to: '2025-12-31' },
  };
  console.log('| question | visits | p50 ms | p95 ms | counted from clicks, p50 ms |');
  console.log('|---|--:|--:|--:|--:|');
  for (const [span, { from, to }] of Object.entries(spans)) {
    for (const [who, id, children] of [
      ['a campaign', alone, false],
      ['a parent with 30 children', parent, true],
    ] as const) {
      const range = `from=${from}&to=${to}&tz=Europe/Berlin&include_children=${children}`;
      const bounds = [`${from} Europe/Berlin`, `${nextDay(to)} Europe/Berlin`];
      const ids = children ? Array.from({ length: 31 }, (_, place) => idOf(place)) : [id];
      const { data } = (await ask(`/campaigns/${id}/analytics?${range}`)) as {
        data: { total_visits: number; unique_visitors: number };
      };
      const counted = await count(ids, bounds);
      if (counted.visits !== data.total_visits || counted.people !== data.unique_visitors) {
        throw new Error(`${JSON.stringify(counted)} in the clicks, ${JSON.stringify(data)} told`);
      }
      const ours = await timed(turns, () => ask(`/campaigns/${id}/analytics?${range}`));
      const raw = await timed(turns, () => count(ids, bounds));
      tell(`analytics of ${who}, a ${span}`, data.total_visits, ours, raw);
      const days = await timed(turns, () => ask(`/campaigns/${id}/timeline?${range}&interval=day`));
      tell(`timeline of ${who} by day, a ${span}`, data.total_visits, days);
    }
  }
  const year = 'from=2025-01-01&to=2025-12-31&tz=Europe/Berlin';
  tell(
    'leaderboard by visits, a year',
    visits,
    await timed(turns, () => ask(`/campaigns/leaderboard?${year}&sort=visits`)),
  );
  await server.close();
}

function tell(question: string, counted: number, ours: number[], raw?: number[]): void {
  const floor = raw === undefined ? '' : percentile(raw);
  console.log(`| ${question} | ${counted} | ${percentile(ours)} | ${percentile(ours, 0.95)} | ${floor} |`);
}

/** Visits, people, and what they came by, from the index that covers them. */
async function count(ids: string[], bounds: string[]): Promise<{ visits: number; people: number }> {
  const within = 'counted and campaign_id = any($1::uuid[]) and clicked_at >= $2 and clicked_at < $3';
  const { rows } = await database.pool.query(
    `with seen as materialized (select session_id, count(*) as visits from clicks where ${within} group by session_id),
     known as (
       select distinct on (session_id) session_id, customer_id from session_customers
        where session_id in (select session_id from seen) order by session_id, identified_at desc, customer_id desc)
     select sum(visits)::int as visits,
            (count(*) - count(customer_id) + count(distinct customer_id))::int as people
       from seen left join known using (session_id)`,
    [ids, ...bounds],
  );
  await database.pool.query(
    `select device_type, country, channel, count(*) from clicks where ${within} group by 1, 2, 3`,
    [ids, ...bounds],
  );
  return rows[0];
}

function nextDay(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
}

function idOf(place: number): string {
  return `00000000-0000-7000-8000-${String(place).padStart(12, '0')}`;
}

function loading(): string[] {
  return [
    `insert into campaigns (id, name, platform, campaign_type, tracking_code, starts_at, currency, status, created_by,
                            updated_by, created_at, updated_at, parent_campaign_id)
     select ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'Campaign ' || n,
            (array['instagram', 'google', 'tiktok'])[1 + n % 3], 'post', 'C' || n, '2024-01-01Z', 'EUR', 'running',
            'bench', 'bench', '2024-01-01Z', '2024-01-01Z', case when n between 1 and 30 then '${parent}'::uuid end
       from generate_series(0, 60) n order by n`,
    `insert into clicks (session_id, id, visit_id, clicked_at, received_at, campaign_id, channel, received_via, excluded,
                         device_type, country)
     select md5('session ' || case when n % 4 = 0 and n > 1000 then n - (n * 13) % 900 else n end)::uuid::text, id, id, at,
            at, ('00000000-0000-7000-8000-' || lpad((case when part < 70 then 31 when part < 770 then 1 + part % 30
              else 32 + part % 28 end)::text, 12, '0'))::uuid,
            case when n % 10 < 8 then 'paid' else 'social' end, 'tracker', case when n % 33 = 0 then 'bot' end,
            (array['mobile', 'mobile', 'mobile', 'desktop', 'desktop', 'tablet'])[1 + n % 6],
            (array['DE', 'DE', 'DE', 'AT', 'CH', 'FR', 'NL', 'US', 'GB', 'IT', 'ES', 'PL'])[1 + (n::bigint * 31) % 12]
       from (select n, md5('click ' || n)::uuid as id, (n::bigint * 2654435761) % 1000 as part,
                    timestamptz '2025-01-01Z' + (n - 1) * interval '1 year' / ${visits} as at
               from generate_series(1, ${visits}) n) click`,
    `insert into session_customers (session_id, identified_at, customer_id)
     select md5('session ' || n * 30)::uuid::text, timestamptz '2025-06-01Z', md5('customer ' || n % (${visits} / 40))::uuid
       from generate_series(1, ${visits} / 30) n`,
    'truncate visit_changes',
  ];
}
