import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { readRequest } from './read-request.ts';

const lines = {
  host: 'Host: shop.example',
  length: 'Content-Length: 2',
  type: 'content-type: text/plain;charset=UTF-8',
};
const sent = (body = '{}', ...heads: string[]) =>
  Buffer.from(['POST /api/v1/campaigns/track-visit HTTP/1.1', ...heads, '', body].join('\r\n'));

it('reads a request that came whole, and what the answer depends on', () => {
  const agent = 'User-Agent: Mozilla/5.0 (X11; Linux x86_64)';
  const others = ['accept: */*', 'cookie: a=b; c=d', 'Connection: keep-alive', 'X-Site-Key: tss_a'];
  const read = readRequest(sent('{"é":1}', lines.host, agent, 'content-length: 8', ...others));
  expect(read).toMatchObject({
    path: '/api/v1/campaigns/track-visit',
    body: '{"é":1}',
    headers: {
      host: 'shop.example',
      'user-agent': agent.slice(12),
      'x-site-key': 'tss_a',
      origin: undefined,
    },
  });
});

it.each<[string, Buffer]>([
  ['a part of the body', sent('{', lines.host, lines.length)],
  ['more than one request', sent('{}POST', lines.host, lines.length)],
  ['a part of the head', sent('{}', lines.host, lines.length).subarray(0, 60)],
  ['another method', Buffer.from(`GET / HTTP/1.1\r\n${lines.host}\r\n\r\n`)],
  ['an older protocol', Buffer.from(String(sent('{}', lines.host, lines.length)).replace('1.1', '1.0'))],
  ['a query', Buffer.from(String(sent('{}', lines.host, lines.length)).replace('visit ', 'visit?key=k '))],
  ['no host', sent('{}', lines.length)],
  ['no length', sent('', lines.host)],
  ['a length twice', sent('{}', lines.host, lines.length, lines.length)],
  ['a length that is no plain number', sent('{}', lines.host, 'content-length: +2')],
  ['a transfer in chunks', sent('{}', lines.host, lines.length, 'Transfer-Encoding: chunked')],
  ['a question whether to send it', sent('{}', lines.host, lines.length, 'Expect: 100-continue')],
  ['a connection that shall end', sent('{}', lines.host, lines.length, 'Connection: close')],
  ['a change of the protocol', sent('{}', lines.host, lines.length, 'Upgrade: h2c')],
  ['an address twice', sent('{}', lines.host, lines.length, 'X-Forwarded-For: a', 'x-forwarded-for: b')],
  ['a line that goes on', sent('{}', lines.host, lines.length, 'x-a: b', ' c')],
  ['space before a colon', sent('{}', lines.host, 'Content-Length : 2')],
  ['a bare line feed', sent('{}', lines.host, `${lines.length}\nx-a: b`)],
  ['bytes beyond ASCII in its head', sent('{}', lines.host, lines.length, 'user-agent: é')],
  ['a head of more than 8 kB', sent('{}', lines.host, lines.length, `x-a: ${'b'.repeat(8192)}`)],
])('leaves %s to Node', (_, chunk) => {
  expect(readRequest(chunk)).toBeUndefined();
});

type Seen = { path: string | undefined; headers: IncomingMessage['headers']; body: string };
let seen: Seen[] = [];
const node = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  seen.push({ path: request.url, headers: request.headers, body: String(Buffer.concat(chunks)) });
  response.end();
});
node.on('clientError', (_, socket) => socket.destroy());
await once(node.listen(0, '127.0.0.1'), 'listening');
afterAll(() => node.close());

/** What Node's own server makes of the bytes. */
async function readByNode(chunk: Buffer): Promise<Seen[]> {
  seen = [];
  const socket = connect((node.address() as AddressInfo).port, '127.0.0.1');
  socket.on('error', () => {}).resume();
  socket.end(chunk);
  await once(socket, 'close');
  return seen;
}

const odd = fc.constantFrom(
  '\r\n',
  '\n',
  '\r',
  ' ',
  '\t',
  ':',
  '0',
  '2',
  '\0',
  'é',
  'chunked',
  '\r\n\r\n',
  'GET / ',
);
const line = fc.constantFrom(
  ...Object.values(lines),
  'content-length: 3',
  'Transfer-Encoding: chunked',
  'transfer-encoding:chunked',
  'Connection: keep-alive',
  'Connection: close',
  'X-Forwarded-For: 8.8.8.8',
  'origin: https://shop.example',
  'x-request-id: a',
  'user-agent: Mozilla/5.0',
  'x-other: b',
);

it('reads nothing otherwise than Node does', async () => {
  let read = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { maxLength: 2 }),
      fc.constantFrom('{}', '', '{}{}', '0\r\n\r\n'),
      fc.array(fc.tuple(fc.nat(200), odd), { maxLength: 1 }),
      async (heads, body, changes) => {
        let text = String(sent(body, lines.host, lines.length, ...heads));
        for (const [place, put] of changes) text = text.slice(0, place) + put + text.slice(place);
        const chunk = Buffer.from(text);
        const plain = readRequest(chunk);
        if (plain === undefined) return;
        read += 1;
        const { path, body: said, headers } = plain;
        const [only, ...others] = await readByNode(chunk);
        expect(others).toEqual([]);
        expect(only).toMatchObject({ path, body: said });
        for (const [name, value] of Object.entries(headers)) expect(only!.headers[name]).toBe(value);
      },
    ),
    { numRuns: 1500 },
  );
  expect(read).toBeGreaterThan(100);
});
