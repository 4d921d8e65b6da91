import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, rm } from 'node:fs/promises';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { makeVisitRequests } from './visits/make-visits.ts';
import { postmasterOf, processorTime } from './visits/processor-time.ts';

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

/** Processor time in microseconds a request; it says more than the rate where others use the machine. */
type Spent = { sender: number; server: number; database: number };
type Turn = { perSecond: number; p99: number; spent: Spent };
type Server = { process: ChildProcess; url: string; postmaster?: number };

await rm(folder, { recursive: true, force: true });
const bare = await serve('bare');
const ours: Server = await serve(folder);
ours.postmaster = await postmasterOf(folder);
const turns: { bare: Turn; ours: Turn }[] = [];
try {
  await load(bare, 2);
  await load(ours, 3);
  for (let turn = 0; turn < Number(values.turns); turn += 1) {
    const both = {
      bare: await load(bare, Number(values.seconds)),
      ours: await load(ours, Number(values.seconds)),
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
  `${Math.round((reached / floor) * 100)} %. ` +
  `Processor time a visit, µs: ${spentBy('ours')}; at the floor: ${spentBy('bare')}.`;
console.log(line);
if (values.write) {
  const head = `\n## ${new Date().toISOString().slice(0, 10)}: visits\n\n`;
  const machine = `${cpus().length} × ${cpus()[0]!.model}, Node ${process.versions.node}. \`npm run bench:visits\`\n\n`;
  await appendFile(new URL('./RESULTS.md', import.meta.url), `${head}${machine}${line}\n`);
}

async function serve(what: string): Promise<Server> {
  const started = spawn(
    process.execPath,
    [...process.execArgv, fileURLToPath(new URL('./serve-visits.ts', import.meta.url)), what],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [port] = (await once(started.stdout!, 'data')) as [Buffer];
  return { process: started, url: `http://127.0.0.1:${Number(port)}` };
}

async function load(server: Server, seconds: number): Promise<Turn> {
  const before = await timesOf(server);
  const result = await autocannon({
    url: server.url,
    duration: seconds,
    connections: Number(values.connections),
    method: 'POST',
    idReplacement: true,
    // Each connection has requests of its own: every one is made once, before the clock runs.
    setupClient: (client) => client.setRequests(shareOfNext()),
  });
  const failed = result.non2xx + result.errors;
  if (failed > 0) throw new Error(`${failed} requests failed at ${server.url}`);
  const after = await timesOf(server);
  const each = (of: keyof Spent) => Math.round((after[of] - before[of]) / result.requests.total);
  const spent = { sender: each('sender'), server: each('server'), database: each('database') };
  return { perSecond: Math.round(result.requests.average), p99: result.latency.p99, spent };
}

async function timesOf({ process: server, postmaster }: Server): Promise<Spent> {
  return {
    sender: (await processorTime(process.pid)) ?? 0,
    server: (await processorTime(server.pid!)) ?? 0,
    database: postmaster === undefined ? 0 : ((await processorTime(postmaster, { withChildren: true })) ?? 0),
  };
}

function spentBy(who: 'bare' | 'ours'): string {
  const each = (of: keyof Spent) => median(turns.map((turn) => turn[who].spent[of]));
  return `sender ${each('sender')}, server ${each('server')}, database ${each('database')}`;
}

function shareOfNext() {
  const share = Math.floor(requests.length / Number(values.connections));
  const start = (handedOut++ % Number(values.connections)) * share;
  return requests.slice(start, start + share);
}

function median(numbers: number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)]!;
}
