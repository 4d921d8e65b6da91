import { percentile, timed } from './percentile.ts';
import { pagesOver } from './reports.ts';

// What each page of the dashboard asks of a running demo, at once and over HTTP, over the last 30 days of its year:
//   npm run bench:demo -- http://localhost:4000 ADMIN_KEY
const [address, key] = process.argv.slice(2);
if (address === undefined || key === undefined) throw new Error('Give the address and the key of the demo.');

type Row = { id: string; campaign_id: string; ordered_at: string; lines: { product_id: string }[] };

async function ask(path: string): Promise<{ data: Row[] }> {
  const reply = await fetch(`${address}/api/v1${path}`, { headers: { authorization: `Bearer ${key}` } });
  if (!reply.ok) throw new Error(`${path} answered ${reply.status}: ${await reply.text()}`);
  return (await reply.json()) as { data: Row[] };
}

const first = async (path: string) => (await ask(path)).data[0]!;
const order = await first('/orders?limit=1');
const places = {
  ':id': (await first('/reports/leaderboard?limit=1')).campaign_id,
  ':tree': (await first('/campaigns?parent_campaign_id=none&limit=1')).id,
  ':order': order.id,
  ':product': order.lines[0]!.product_id,
};
const fill = (path: string) =>
  Object.entries(places).reduce((filled, [name, id]) => filled.replace(name, id), path);

const last = new Date(order.ordered_at);
const before = new Date(last.getTime() - 29 * 86_400_000);
const day = (instant: Date) => instant.toISOString().slice(0, 10);
const pages = pagesOver({
  from: day(before),
  to: day(last),
  sales_from: `${day(before)}T00:00:00Z`,
  sales_to: last.toISOString(),
  sale_time: last.toISOString(),
});
for (const { name, paths } of pages) {
  const took = await timed(25, () => Promise.all(paths.map((path) => ask(fill(path)))));
  console.log(`| ${name} | ${percentile(took)} | ${percentile(took, 0.95)} |`);
}
