import { expect, test } from 'vitest';
import { freshDatabase } from '../../../test/fresh-database.ts';
import { testSettings } from '../../../test/server.ts';
import type { OpenDatabase } from '../../database/index.ts';
import { fillNewVersions, lastTouchOf, previewReach, verifyInstallation } from '../../jobs/index.ts';
import { permissionsOf } from '../../people/index.ts';
import { settableClock } from '../../vocabulary/clock.ts';
import type { RouteContext } from '../../vocabulary/route.ts';
import { fillDemo } from './fill-demo.ts';
import { planYear } from './plan-year.ts';

// Black Friday, gifts and a campaign entered late.
const size = { days: 25, orders: 150 };
const endsAt = new Date('2025-12-20T15:30:00Z');

async function installation() {
  const database = await freshDatabase();
  const clock = settableClock(endsAt);
  await fillNewVersions(database.db, testSettings, clock.now());
  const fill = (onDay: (done: number) => void = () => {}) =>
    fillDemo(database as Pick<OpenDatabase, 'db' | 'pool'>, contextOf(database, clock), { ...size, onDay });
  return { ...database, clock, fill };
}

function contextOf({ db }: Pick<OpenDatabase, 'db'>, clock: RouteContext['clock']): RouteContext {
  const actor = { name: 'cli', permissions: permissionsOf('admin'), scope: { kind: 'all' as const } };
  return {
    ...{ db, clock, settings: testSettings, actor },
    requestId: 'demo',
    previewReach: previewReach(db),
    lastTouchOf: lastTouchOf(testSettings),
  };
}

const whole = await installation();
const killed = await installation();

test('a year is the same each time it is planned, and about as large as asked for', () => {
  const year = { endsAt, days: 366, orders: 5_000 };
  const days = [...planYear(year)];
  expect(days).toEqual([...planYear(year)]);
  const orders = days.flatMap((day) => day.orders);
  const numbers = new Set(orders.map((order) => order.external_id));
  expect(numbers.size).toBeGreaterThan(4_700);
  expect(numbers.size).toBeLessThan(5_300);
  expect(orders.every(({ ordered_at }) => ordered_at < endsAt)).toBe(true);
});

test('the demo is filled once, is settled, and verifies', async () => {
  expect(await whole.fill()).toBe(true);
  const before = await sumsOf(whole);
  whole.clock.advance(86_400_000);
  expect(await whole.fill()).toBe(false);
  expect(await sumsOf(whole)).toEqual(before);
  const { orders_checked, pending, difference_count } = await verifyInstallation(whole.db);
  expect(orders_checked).toBeGreaterThan(100);
  expect({ pending, difference_count }).toEqual({ pending: 0, difference_count: 0 });
});

test('a fill that ended in the middle goes on where it was, for the year it had begun', async () => {
  const stop = new Error('stopped');
  const failing = killed.fill((done) => {
    if (done === 12) throw stop;
  });
  await expect(failing).rejects.toBe(stop);
  killed.clock.advance(3 * 86_400_000);
  let first: number | undefined;
  await killed.fill((done) => {
    first ??= done;
  });
  expect(first).toBe(13);
  expect(await sumsOf(killed)).toEqual(await sumsOf(whole));
  expect((await verifyInstallation(killed.db)).difference_count).toBe(0);
});

/** What was recorded and credited, day by day, by sale and as booked. */
async function sumsOf({ pool }: Pick<OpenDatabase, 'pool'>) {
  const { rows } = await pool.query(`
    select c.name, e.sale_time, e.posted_at, e.kind, sum(e.revenue_minor)::text as revenue, count(*)::int as entries
      from credit_entries e join campaigns c on c.id = e.campaign_id
     group by 1, 2, 3, 4 order by 1, 2, 3, 4`);
  const { rows: counts } = await pool.query(`
    select (select count(*) from orders) as orders, (select count(*) from customers) as customers,
           (select count(*) from refunds) as refunds, (select count(*) from clicks) as clicks,
           (select count(*) from clicks where excluded = 'bot') as bots,
           (select count(*) from clicks where visit_id = id and campaign_id is not null) as by_campaigns,
           (select count(*) from session_customers) as identities,
           (select count(*) from orders where session_id is not null) as with_session, (select sum(amount_minor) from campaign_spend) as spend`);
  return { rows, counts };
}
