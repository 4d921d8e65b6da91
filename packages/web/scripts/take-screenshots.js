// Takes the pictures of docs/screenshots/ from a running demo:
//   node packages/web/scripts/take-screenshots.js http://localhost:4000 EMAIL PASSWORD
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const [address, email, password] = process.argv.slice(2);
if (password === undefined)
  throw new Error('Give the address, the email and the password that the demo printed.');
const folder = new URL('../../../docs/screenshots/', import.meta.url);
mkdirSync(folder, { recursive: true });

const desk = { width: 1280, height: 860 };
const phone = { width: 390, height: 844 };
const executablePath = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find(existsSync);
const browser = await chromium.launch({
  executablePath,
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
const storageState = await signIn();

const leaderboard = (await ask('/reports/leaderboard?limit=3')).data;
const orders = (await ask('/orders?limit=200&status=completed')).data;
const busiest = orders.find(({ lines, refunds }) => lines.length === 2 && refunds.length > 0) ?? orders[0];
const campaign = `/campaigns/${leaderboard[0].campaign_id}`;

await take('overview', '/', desk, 'light');
await take('overview-dark', '/', desk, 'dark');
await take('overview-phone', '/', phone, 'light');
await take('campaign', `${campaign}?range=90d`, desk, 'light');
await take('targets', `${campaign}?tab=targets`, desk, 'light');
await take('explain', `/orders/${busiest.id}`, desk, 'light');
const { order_ids } = (await ask(`${campaign}/visits?limit=200`)).data.find(
  (visit) => visit.order_ids.length > 0,
) ?? { order_ids: [busiest.id] };
await take('explain-touches', `/orders/${order_ids[0]}?model=last_touch`, desk, 'light');
await take('visits', `${campaign}?tab=visits&range=90d`, desk, 'light');
await take('paths', '/paths?range=90d', desk, 'dark');
await take('leaderboard', '/leaderboard?range=12m', desk, 'light');
await take('model-comparison', '/comparison?range=90d', desk, 'dark');
await take('health', '/health?range=90d', desk, 'light');
await browser.close();

async function signIn() {
  const context = await browser.newContext({ locale: 'en-US' });
  const page = await context.newPage();
  await page.goto(`${address}/sign-in`);
  await page.getByLabel('Email').fill(email);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
  const state = await context.storageState();
  await context.close();
  return state;
}

async function ask(path) {
  const context = await browser.newContext({ storageState });
  const answer = await (await context.request.get(`${address}/api/v1${path}`)).json();
  await context.close();
  return answer;
}

// As WebP, a third of what a PNG weighs; Playwright itself writes none.
async function take(name, path, viewport, colorScheme) {
  const context = await browser.newContext({ storageState, viewport, colorScheme, locale: 'en-US' });
  const page = await context.newPage();
  await page.goto(`${address}${path}`);
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(1500);
  const session = await context.newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 82 });
  writeFileSync(new URL(`${name}.webp`, folder), Buffer.from(data, 'base64'));
  await context.close();
}
