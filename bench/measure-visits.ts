import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, rm } from 'node:fs/promises';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { makeVisitRequests } from './visits/make-visits.ts';

// Visits through HTTP, each acknowledged after its commit, beside a bare Fastify that answers the same POST with nothing.
// The two take turns on the same cores, so that whatever else the machine does meets both.
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    turns: { type: 'string', default: '3' },
    connections: { type: 'string', default: '64' },
    write: { type: 'boolean', default: false },
  },
});
const folder = fileURLToPath(new URL('../.bench-visits/', import.meta.url));
const requests = makeVisitRequests(2048);
let handedOut = 0;

type Turn = { perSecond: number; p99: number; failed: number };

await rm(folder, { recursive: true, force: true });
const bare = await serve('bare');
const ours = await serve(folder);
const turns: { bare: Turn; ours: Turn }[] = [];
try {
  await load(bare.url, 2);
  await load(ours.url, 3);
  for (let turn = 0; turn < Number(values.turns); turn += 1) {
    const both = {
      bare: await load(bare.url, Number(values.seconds)),
      ours: await load(ours.url, Number(values.seconds)),
    };
    turns.push(both);
    console.log(JSON.stringify(both));
  }
} finally {
  for (const { process } of [bare, ours]) {
    process.kill('SIGTERM');
    await once(process, 'exit');
  }
  await rm(folder, { recursive: true, force: true });
}
const floor = median(turns.map((turn) => turn.bare.perSecond));
const reached = median(turns.map((turn) => turn.ours.perSecond));
const line =
  `${values.connections} connections, ${values.turns} turns of ${values.seconds} s each: ` +
  `${reached.toLocaleString('en')} durable visits a second, p99 ${median(turns.map((turn) => turn.ours.p99))} ms; ` +
  `bare Fastify ${floor.toLocaleString('en')} a second, p99 ${median(turns.map((turn) => turn.bare.p99))} ms: ` +
  `${Math.round((reached / floor) * 100)} %.`;
console.log(line);
if (values.write) {
  const head = `\n## ${new Date().toISOString().slice(0, 10)}: visits\n\n`;
  const machine = `${cpus().length} × ${cpus()[0]!.model}, Node ${process.versions.node}. \`npm run bench:visits\`\n\n`;
  await appendFile(new URL('./RESULTS.md', import.meta.url), `${head}${machine}${line}\n`);
}

async function serve(what: string): Promise<{ process: ChildProcess; url: string }> {
  const started = spawn(
    process.execPath,
    [...process.execArgv, fileURLToPath(new URL('./serve-visits.ts', import.meta.url)), what],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [port] = (await once(started.stdout!, 'data')) as [Buffer];
  return { process: started, url: `http://127.0.0.1:${Number(port)}` };
}

async function load(url: string, seconds: number): Promise<Turn> {
  const result = await autocannon({
    url,
    duration: seconds,
    connections: Number(values.connections),
    method: 'POST',
    idReplacement: true,
    // Each connection has requests of its own: every one is made once, before the clock runs.
    setupClient: (client) => client.setRequests(shareOfNext()),
  });
  const failed = result.non2xx + result.errors;
  if (failed > 0) throw new Error(`${failed} requests failed at ${url}`);
  return { perSecond: Math.round(result.requests.average), p99: result.latency.p99, failed };
}

function shareOfNext() {
  const share = Math.floor(requests.length / Number(values.connections));
  const start = (handedOut++ % Number(values.connections)) * share;
  return requests.slice(start, start + share);
}

function median(numbers: number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)]!;
}
