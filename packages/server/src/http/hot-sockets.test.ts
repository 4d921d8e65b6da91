import { EventEmitter, once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { afterAll, expect, it } from 'vitest';
import { startApi } from '../../test/api.ts';
import { answerAtSockets } from './hot-sockets.ts';

const siteKey = 'tss_key-of-the-tests';
const api = await startApi({ now: '2026-03-01T12:00:10Z' });
await api.app.listen({ port: 0, host: '127.0.0.1' });
const { port } = api.app.server.address() as AddressInfo;
const handedOver: unknown[] = [];
api.app.server.on('request', ({ url }) => handedOver.push(url));

function open(): Socket & { said: string } {
  const socket = Object.assign(connect({ port, host: '127.0.0.1' }), { said: '' });
  socket.setEncoding('utf8').on('data', (text) => {
    socket.said += text;
  });
  socket.on('error', () => {});
  return socket;
}

function visit(session_id: string, fields = {}): string {
  const body = JSON.stringify({ session_id, landing_page: 'https://shop.example/', ...fields });
  return [
    'POST /api/v1/campaigns/track-visit HTTP/1.1',
    'Host: shop.example',
    `X-Site-Key: ${siteKey}`,
    'Content-Type: text/plain;charset=UTF-8',
    'User-Agent: Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/144.0.0.0',
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n');
}

const page = 'GET /healthz HTTP/1.1\r\nHost: shop.example\r\n\r\n';

async function answers(socket: { said: string }, count: number): Promise<string[]> {
  for (let time = 0; time < 500; time += 1) {
    const all = socket.said.split(/(?=HTTP\/1\.1 \d)/).filter((text) => text !== '');
    if (all.length >= count && (await wait(5, true))) return all;
    await wait(5);
  }
  throw new Error(`of ${count} answers came: ${socket.said}`);
}

const sessionsOf = (prefix: string) =>
  api.db
    .selectFrom('clicks')
    .select('session_id')
    .where('session_id', 'like', `${prefix}%`)
    .orderBy('session_id')
    .execute()
    .then((rows) => rows.map(({ session_id }) => session_id));

it('answers one request after the other on a connection, without Node', async () => {
  const socket = open();
  handedOver.length = 0;
  socket.write(visit('one after 1'));
  await answers(socket, 1);
  socket.write(visit('one after 2', { referrer: 'https://é.example/', tracking_code: 'KÄSE' }));
  const [first, second] = await answers(socket, 2);
  expect(first).toMatch(/^HTTP\/1\.1 200 OK\r\ndate: \w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT\r\n/);
  expect(second).toContain('No campaign has the tracking code käse');
  expect(await sessionsOf('one after')).toEqual(['one after 1', 'one after 2']);
  expect(handedOver).toEqual([]);
  socket.destroy();
});

it.each<[string, string[]]>([
  ['in one piece', [visit('cut 1a') + visit('cut 1b')]],
  ['in two, cut in the head', [visit('cut 2a').slice(0, 50), visit('cut 2a').slice(50) + visit('cut 2b')]],
  ['in two, cut in the body', [visit('cut 3a').slice(0, -5), visit('cut 3a').slice(-5) + visit('cut 3b')]],
  ['the second while the first is answered', [visit('cut 4a'), visit('cut 4b')]],
  ['the second in two pieces', [visit('cut 5a'), visit('cut 5b').slice(0, -9), visit('cut 5b').slice(-9)]],
])('answers two requests that come %s', async (_, pieces) => {
  const socket = open();
  for (const piece of pieces) {
    socket.write(piece);
    await new Promise(setImmediate);
  }
  for (const answer of await answers(socket, 2)) expect(answer).toContain('200 OK');
  const prefix = /cut \d/.exec(pieces.join(''))![0];
  expect(await sessionsOf(prefix)).toEqual([`${prefix}a`, `${prefix}b`]);
  socket.destroy();
});

it('hands a connection over at the first request that is another, and visits on it are answered still', async () => {
  const socket = open();
  handedOver.length = 0;
  for (const [place, request] of [visit('handed 1'), page, visit('handed 2'), page].entries()) {
    socket.write(request);
    await answers(socket, place + 1);
  }
  expect((await answers(socket, 4)).map((answer) => answer.slice(9, 12))).toEqual([
    '200',
    '200',
    '200',
    '200',
  ]);
  expect(handedOver).toEqual(['/healthz', '/api/v1/campaigns/track-visit', '/healthz']);
  expect(await sessionsOf('handed')).toEqual(['handed 1', 'handed 2']);
  socket.destroy();
});

it('answers who has ended their side, and refuses what is no request', async () => {
  const ended = open();
  ended.end(visit('ended'));
  await once(ended, 'close');
  expect(ended.said).toContain('200 OK');
  expect(ended.said).toContain('connection: close');
  const noise = open();
  noise.end('\0\x16\x03\x01 no request');
  await once(noise, 'close');
  expect(noise.said).toMatch(/^(HTTP\/1\.1 400|$)/);
});

it('loses nothing but the answer when the sender goes away in the middle', async () => {
  const gone = open();
  await once(gone, 'connect');
  gone.write(visit('gone'));
  await wait(1);
  gone.destroy();
  for (let time = 0; time < 100 && (await sessionsOf('gone')).length === 0; time += 1) await wait(10);
  expect(await sessionsOf('gone')).toEqual(['gone']);
});

it('reads no more of who sends on and on before the answer', async () => {
  const connected = once(api.app.server, 'connection') as Promise<[Socket]>;
  const flood = open();
  const [theirs] = await connected;
  const lock = await api.pool.connect();
  await lock.query('begin; lock table clicks in share mode');
  flood.write(visit('flood'));
  await wait(20);
  flood.write(Buffer.alloc(20_000_000, 'x'));
  await wait(200);
  expect(theirs.bytesRead).toBeLessThan(1_000_000);
  await lock.query('commit');
  lock.release();
  expect((await answers(flood, 2)).map((answer) => answer.slice(9, 12))).toEqual(['200', '400']);
  flood.destroy();
});

it('leaves whoever does not read their answers to Node', async () => {
  const server = new EventEmitter();
  const left: unknown[] = [];
  server.on('connection', (socket: Duplex) => socket.on('data', (chunk) => left.push(String(chunk))));
  const answer = async () => ({ status: 200, headers: {}, body: '{}' });
  answerAtSockets({ server, addHook: () => {} } as unknown as FastifyInstance, answer);
  const unread = new Duplex({ read: () => {}, write: () => {}, writableHighWaterMark: 10 });
  server.emit('connection', Object.assign(unread, { setTimeout: () => {} }));
  for (const session of ['read', 'unread']) {
    unread.push(visit(session));
    await wait(5);
  }
  expect(left).toEqual([visit('unread')]);
});

it('finishes what has reached it while it closes, and ends idle connections', async () => {
  const [idle, waiting] = [open(), open()];
  idle.write(visit('closing 1'));
  await answers(idle, 1);
  const lock = await api.pool.connect();
  await lock.query('begin; lock table clicks in share mode');
  waiting.write(visit('closing 2'));
  await wait(50);
  const closed = api.app.close();
  await once(idle, 'end');
  await lock.query('commit');
  lock.release();
  await once(waiting, 'end');
  expect(waiting.said).toContain('200 OK');
  expect(waiting.said).toContain('connection: close');
  await closed;
});

afterAll(() => api.app.close());
