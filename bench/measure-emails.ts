import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { migrateDatabase, openDatabase } from '../packages/server/src/database/index.ts';
import { importFiles } from '../packages/server/src/intake/index.ts';
import { fillNewVersions } from '../packages/server/src/jobs/index.ts';
import { rebuildSums } from '../packages/server/src/touches/index.ts';
import { systemClock } from '../packages/server/src/vocabulary/clock.ts';
import { percentile, timed } from './percentile.ts';
import { serveBench } from './serve-bench.ts';

// A year of mailings to the people of 200 retailers, with what became of each, and sales that claim the campaigns.
const { values } = parseArgs({
  options: {
    sends: { type: 'string', default: '1000000' },
    file: { type: 'string', default: '100000' },
  },
});
const sends = Number(values.sends);
const recipients = sends / 100;

const dataDirectory = fileURLToPath(new URL('../.bench/emails/', import.meta.url));
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
    { models: ['product_split'], countableStatuses: ['completed'], visitWindowDays: 30 },
    new Date(),
  );
  for (const statement of loading()) await pool.query(statement);
  await rebuildSums(db);
  await pool.query('vacuum (analyze)');
  await measureReports();
  await measureImport();
} finally {
  await database.close();
  await rm(dataDirectory, { recursive: true, force: true });
}

async function measureReports(): Promise<void> {
  const { server, ask } = await serveBench(database.pool);
  const year = 'from=2025-01-01&to=2025-12-31&tz=Europe/Berlin';
  const reports = [
    'summary',
    'funnel',
    'retailers',
    'retailers?sort=click_rate',
    'regions',
    'subjects',
    'categories',
    'orders',
    'timeline',
  ];
  for (const [span, range] of Object.entries({
    year,
    month: 'from=2025-06-01&to=2025-06-30&tz=Europe/Berlin',
  })) {
    for (const report of reports) {
      const path = `/reports/email/${report}${report.includes('?') ? '&' : '?'}${range}`;
      const took = await timed(25, () => ask(path));
      console.log(`| ${report}, ${span} | ${percentile(took)} | ${percentile(took, 0.95)} |`);
    }
  }
  await server.close();
}

/** A file of sends, imported twice: the second time changes nothing. */
async function measureImport(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'touchstone-bench-'));
  const path = join(folder, 'sends.csv');
  const file = createWriteStream(path);
  file.write('email_campaign,recipient_email,retailer,sent_at,delivered_at,opened_at,clicked_at\n');
  for (let n = 0; n < Number(values.file); n += 1) {
    const opened = n % 5 < 2 ? '2025-12-01T11:00:00Z' : '';
    const clicked = n % 25 === 0 ? '2025-12-01T11:01:00Z' : '';
    const row = `mailing-1,file${n}@example.com,Retailer ${n % 200},2025-12-01T09:00:00Z,2025-12-01T09:01:00Z,${opened},${clicked}\n`;
    if (!file.write(row)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');
  for (const turn of ['first', 'again']) {
    let reports = 0;
    const { created, updated, unchanged, rejected, seconds } = await importFiles(
      database.db,
      { kind: 'sends', files: [path], mapping: undefined, dryRun: false, rejectsFile: undefined },
      {
        clock: systemClock,
        actor: 'bench',
        currency: 'EUR',
        visitWindowDays: 30,
        report: () => (reports += 1),
      },
    );
    console.log(
      `${turn}: ${created} created, ${updated} updated, ${unchanged} unchanged, ${rejected} rejected in ${seconds} s, progress told ${reports} times`,
    );
  }
  await rm(folder, { recursive: true });
}

/** Statements that fill the tables as the product would: 20 campaigns, 100 mailings, each to everybody. */
function loading(): string[] {
  const person = `decode(md5('person ' || n) || md5('hash ' || n), 'hex')`;
  return [
    `insert into partners select md5('partner ' || n)::uuid, 'retailer', 'Retailer ' || n, null,
            (array['East', 'West', 'Central', 'North', 'South'])[1 + n % 5], true, now(), now()
       from generate_series(0, 199) n`,
    `insert into partner_names select 'retailer', lower(name), id, name, 0 from partners`,
    `insert into campaigns (id, name, platform, campaign_type, tracking_code, starts_at, currency, status, created_by,
                            updated_by, created_at, updated_at)
     select md5('campaign ' || n)::uuid, 'Campaign ' || n, 'email', 'email', 'MAIL-' || n, '2025-01-01Z', 'EUR', 'running',
            'bench', 'bench', '2025-01-01Z', '2025-01-01Z' from generate_series(0, 19) n`,
    `insert into campaign_spend select gen_random_uuid(), id, '2025-03-01', 'EUR', 5000000, 'bench', 'entry', null, 'bench', now()
       from campaigns where channel is null`,
    `insert into email_campaigns
     select md5('mailing ' || n)::uuid, md5('campaign ' || n % 20)::uuid, 'mailing-' || n, 'Subject ' || n, null,
            'brand@example.com', null, '2025-01-02 09:00Z'::timestamptz + n * interval '3 days', null, 'bench', now(), now()
       from generate_series(0, 99) n`,
    `insert into email_sends (recipient_hash, id, email_campaign_id, partner_id, recipient_email, told_sent_at, created_at, sent_at,
                              status, delivered_at, last_delivered_at, opened_at, last_opened_at, machine_opened_at,
                              last_machine_opened_at, clicked_at, last_clicked_at, bounced_at, last_bounced_at)
     select ${person}, md5('send ' || mailing.id || ' ' || n)::uuid, mailing.id, md5('partner ' || n % 200)::uuid,
            'person' || n || '@example.com', at, at, at,
            case when dice < 0.02 then 'bounced' when dice < 0.05 then 'clicked' when dice < 0.43 then 'opened' else 'delivered' end,
            d, d, o, o, m, m, c, c, b, b
       from email_campaigns mailing
       cross join generate_series(1, ${recipients}) n
       cross join lateral (
         select mailing.sent_at + (n % 90) * interval '1 minute' as at,
                (('x' || substr(md5(mailing.id || ' ' || n), 1, 8))::bit(32)::bigint & 1048575) / 1048576.0 as dice) as chance
       cross join lateral (
         select case when dice >= 0.02 then at + interval '1 minute' end as d,
                case when dice >= 0.02 and dice < 0.43 then at + interval '2 hours' end as o,
                case when dice >= 0.43 and dice < 0.6 then at + interval '2 seconds' end as m,
                case when dice >= 0.02 and dice < 0.05 then at + interval '3 hours' end as c,
                case when dice < 0.02 then at + interval '1 minute' end as b) as times`,
    `insert into email_events (recipient_hash, id, send_id, kind, occurred_at, provider, flagged, machine, received_at)
     select send.recipient_hash, gen_random_uuid(), send.id, kind, occurred_at, 'ses', machine is not null, machine, occurred_at
       from email_sends send
       cross join lateral (values ('delivered', send.delivered_at, null), ('opened', send.opened_at, null),
                                  ('opened', send.machine_opened_at, 'provider'), ('clicked', send.clicked_at, null),
                                  ('bounced', send.bounced_at, null)) as told (kind, occurred_at, machine)
      where occurred_at is not null`,
    `insert into orders (id, source, external_id, received_via, retailer, reported_campaign, currency, ordered_at, status,
                         prices_include_tax, shipping_minor, tax_minor, discount_minor, total_minor, payload_hash, revision,
                         created_at, changed_at)
     select md5('order ' || n)::uuid, 'bench', n::text, 'import', 'Retailer ' || n % 200, 'MAIL-' || n % 20, 'EUR',
            '2025-01-03Z'::timestamptz + n * interval '1 hour', 'completed', false, 0, 0, 0, 10000 + n, '', 1, now(), now()
       from generate_series(1, 5000) n`,
    `insert into conversions (id, source, external_id, received_via, kind, value_minor, currency, converted_at, withdrawn,
                              product_category, campaign_id, retailer, order_id, names_order, payload_hash, created_at, changed_at)
     select md5('conversion ' || n)::uuid, 'crm', n::text, 'import', 'sale', 20000 + n, 'EUR',
            '2025-01-03Z'::timestamptz + n * interval '1 hour', false, (array['Rings', 'Chains'])[1 + n % 2],
            md5('campaign ' || n % 20)::uuid, 'Retailer ' || n % 200, md5('crm order ' || n)::uuid, false, '', now(), now()
       from generate_series(1, 5000) n`,
  ];
}
