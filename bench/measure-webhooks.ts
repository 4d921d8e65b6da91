import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { percentile } from './percentile.ts';
import {
  type Delivery,
  mailingOfBench,
  providersOfBench,
  settingsOfBench,
} from './webhooks/make-deliveries.ts';

// Signed deliveries of every provider through HTTP: how long until each is answered, that is verified and stored, and
// how long until the jobs have worked on all of them. Providers that send lists send them; the others a request an event.
const { values } = parseArgs({
  options: {
    providers: { type: 'string', default: Object.keys(providersOfBench).join(',') },
    sizes: { type: 'string', default: '1,500,1000' },
    // Deliveries of one event, and of many, that are measured one after another.
    turns: { type: 'string', default: '20' },
  },
});
const folder = fileURLToPath(new URL('../.bench/webhooks/', import.meta.url));
const adminKey = 'bench';

await rm(folder, { recursive: true, force: true });
const served = spawn(
  process.execPath,
  [...process.execArgv, fileURLToPath(new URL('./serve-webhooks.ts', import.meta.url))],
  {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      ...settingsOfBench,
      TOUCHSTONE_DATA_DIR: folder,
      TOUCHSTONE_ADMIN_KEY: adminKey,
      TOUCHSTONE_RATE_LIMIT: '0',
    },
  },
);
const [port] = (await once(served.stdout!, 'data')) as [Buffer];
const url = `http://127.0.0.1:${Number(port)}`;
try {
  await makeMailing();
  console.log('| provider | events | deliveries | answered p50 ms | p99 ms | worked on after s |');
  console.log('|---|--:|--:|--:|--:|--:|');
  for (const provider of values.providers.split(',')) {
    for (const size of values.sizes.split(',').map(Number)) {
      await measure(provider, size, providersOfBench[provider]!);
    }
  }
} finally {
  served.kill('SIGTERM');
  await once(served, 'exit');
  await rm(folder, { recursive: true, force: true });
}

async function measure(provider: string, size: number, deliver: (size: number) => Delivery[]): Promise<void> {
  const turns = Number(values.turns);
  const isList = deliver(1).length === deliver(2).length;
  const took: number[] = [];
  const started = performance.now();
  let deliveries = 0;
  for (let turn = 0; turn < (isList || size === 1 ? turns : 1); turn += 1) {
    for (const each of deliver(size)) {
      took.push(await send(each));
      deliveries += 1;
    }
  }
  while ((await waiting()) > 0) await new Promise((resolve) => setTimeout(resolve, 50));
  const seconds = Math.round(performance.now() - started) / 1000;
  const events = isList || size === 1 ? size : 1;
  console.log(
    `| ${provider} | ${events} | ${deliveries} | ${percentile(took)} | ${percentile(took, 0.99)} | ${seconds} |`,
  );
}

async function send({ path, body, headers }: Delivery): Promise<number> {
  const started = performance.now();
  const reply = await fetch(url + path, { method: 'POST', body, headers });
  const text = await reply.text();
  if (reply.status !== 200) throw new Error(`${path} answered ${reply.status}: ${text}`);
  return performance.now() - started;
}

async function waiting(): Promise<number> {
  const { data } = await ask('GET', '/webhook-deliveries?status=waiting&limit=1');
  return data.length;
}

async function makeMailing(): Promise<void> {
  const campaign = await ask('POST', '/campaigns', { name: 'Bench', platform: 'email' });
  const mailing = { subject: 'Bench', sender_email: 'bench@example.com', external_id: mailingOfBench };
  await ask('POST', `/campaigns/${campaign.data.id}/email-campaigns`, mailing);
}

async function ask(method: string, path: string, body?: object): Promise<ReturnType<typeof JSON.parse>> {
  const reply = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${adminKey}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!reply.ok) throw new Error(`${path} answered ${reply.status}: ${await reply.text()}`);
  return await reply.json();
}
