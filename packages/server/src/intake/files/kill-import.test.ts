import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { freshDatabase } from '../../../test/fresh-database.ts';
import { temporaryFiles } from '../../../test/temporary-files.ts';

const { db, url } = await freshDatabase();
const file = await temporaryFiles();

const program = fileURLToPath(new URL('../../../test/run-import.ts', import.meta.url));
const translator = fileURLToPath(new URL('../../../test/run-typescript.js', import.meta.url));

const orders = 6_000;
const faulty = 60;
const kills = 10;

/** Starts the import and ends it with SIGKILL a while after it begins to record, or lets it finish. */
async function run(
  kind: string,
  files: string[],
  killAfterMs: number | undefined,
): Promise<'killed' | 'finished'> {
  const child = spawn(process.execPath, ['--import', translator, program, url, kind, ...files], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  for await (const line of createInterface(child.stdout)) {
    if (killAfterMs === undefined || !line.includes('"recording"')) continue;
    await wait(killAfterMs);
    child.kill('SIGKILL');
    break;
  }
  const [, signal] = await exited;
  return signal === 'SIGKILL' ? 'killed' : 'finished';
}

it('an import killed ten times, wherever it was, records everything once', { timeout: 300_000 }, async () => {
  const numbers = Array.from({ length: orders }, (_, number) => number);
  const heads = numbers.map(
    (number) => `N${number},${number % (orders / faulty) === 0 ? 'soon' : '2026-03-01 12:00'}`,
  );
  const rows = numbers.flatMap((number) => [
    `N${(number * 7) % orders},P${number % 50},1.25`,
    `N${number},P1,0.75`,
  ]);
  const files = [
    await file('map.yaml', mapping),
    await file('heads.csv', ['id,at', ...heads].join('\n')),
    await file('rows.csv', ['id,sku,price', ...rows].join('\n')),
  ];
  const ends: string[] = [];
  for (let kill = 0; kill < kills; kill++) ends.push(await run('orders', files, 250 * Math.random()));
  ends.push(await run('orders', files, undefined));
  expect(ends.at(-1)).toBe('finished');
  expect(ends.filter((end) => end === 'killed').length).toBeGreaterThan(kills / 2);

  // The first that was completed made everything; those after it, if any, found it made.
  const imports = await db.selectFrom('imports').selectAll().orderBy('created_at').execute();
  expect(imports[0]).toMatchObject({
    status: 'completed',
    position: orders,
    created: orders - faulty,
    updated: 0,
    unchanged: 0,
    rejected: faulty,
  });
  for (const { created, updated } of imports.slice(1)) expect([created, updated]).toEqual([0, 0]);

  const { rows: found } = await sql`
    select (select count(*)::int from orders) as orders,
           (select count(*)::int from order_lines) as lines,
           (select sum(unit_price_minor)::int from order_lines) as minor,
           (select count(*)::int from audit_log where subject_kind = 'order' and before is not null) as changes,
           (select count(*)::int from import_rejections where import_id = ${imports[0]!.id}) as rejections,
           (select count(*)::int
              from graphile_worker._private_jobs jobs, json_array_elements(jobs.payload -> 'order_ids')) as settlements
  `.execute(db);
  const taken = orders - faulty;
  expect(found[0]).toEqual({
    orders: taken,
    lines: taken * 2,
    minor: taken * 200,
    changes: 0,
    rejections: faulty,
    settlements: taken,
  });
});

it('an import of visits goes on where it was killed, and records each once', {
  timeout: 300_000,
}, async () => {
  const visits = 3_000;
  const rows = Array.from({ length: visits }, (_, number) => {
    const at = new Date(Date.parse('2026-01-01T00:00:00Z') + number * 600_000).toISOString();
    return `killed-${number % 700},${at},KILLED_01,${number % 2 === 0 ? at : ''}`;
  });
  const path = await file(
    'visits.csv',
    ['session_id,visited_at,tracking_code,last_activity_at', ...rows].join('\n'),
  );
  const ends: string[] = [];
  for (let kill = 0; kill < 3; kill++) ends.push(await run('visits', ['', path], 400 * Math.random()));
  const before = await db.selectFrom('imports').select('position').where('kind', '=', 'visits').execute();
  ends.push(await run('visits', ['', path], undefined));
  expect(ends[0]).toBe('killed');
  expect(ends.at(-1)).toBe('finished');
  expect(before.length).toBeGreaterThan(0);
  const imports = await db
    .selectFrom('imports')
    .selectAll()
    .where('kind', '=', 'visits')
    .orderBy('created_at')
    .execute();
  expect(imports[0]).toMatchObject({ status: 'completed', position: visits, created: visits, rejected: 0 });
  for (const { created, updated } of imports.slice(1)) expect([created, updated]).toEqual([0, 0]);
  const { rows: found } = await sql`
    select count(*)::int as clicks, count(distinct (session_id, clicked_at))::int as different from clicks`.execute(
    db,
  );
  expect(found).toEqual([{ clicks: visits, different: visits }]);
});

const mapping = `
source: killed
currency: EUR
time_zone: Europe/Berlin
files: { heads: heads.csv, rows: rows.csv }
orders:
  rows: heads
  join: { rows: { on: id } }
  fields: { external_id: id, ordered_at: at, status: { value: confirmed } }
  lines:
    each: rows
    fields: { product.external_id: sku, quantity: { value: 1 }, unit_price: price }
  create_missing_products: true
`;
