import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startApi } from '../../test/api.ts';

const siteKey = 'tss_key-of-the-tests';
const api = await startApi({
  now: '2026-03-01T12:00:10Z',
  settings: { trustedProxies: ['loopback'], rateLimitPerMinute: 10_000 },
});
await api.app.listen({ port: 0, host: '127.0.0.1' });
const { port } = api.app.server.address() as AddressInfo;

type Sent = { path: string; headers: Record<string, string>; body: string };
type Got = { status: number | undefined; headers: Record<string, unknown>; body: string };

/** Through a socket, where requests meet the hot routes first; those whose head comes alone, behind Node's own reader. */
function throughSocket({ path, headers, body }: Sent, headFirst = false): Promise<Got> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { port, path, method: 'POST', headers: { ...headers, 'content-length': Buffer.byteLength(body) } },
      (reply) => {
        const chunks: Buffer[] = [];
        reply.on('data', (chunk) => chunks.push(chunk));
        reply.on('end', () =>
          resolve({ status: reply.statusCode, headers: reply.headers, body: String(Buffer.concat(chunks)) }),
        );
      },
    );
    asked.on('error', reject);
    if (headFirst) asked.flushHeaders();
    setImmediate(() => asked.end(body));
  });
}

/** Straight into the framework, which knows no hot routes. */
async function throughFramework({ path, headers, body }: Sent): Promise<Got> {
  const reply = await api.app.inject({ method: 'POST', url: path, headers, payload: body });
  return { status: reply.statusCode, headers: reply.headers, body: reply.body };
}

const ids = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const ofConnection = new Set(['connection', 'date', 'keep-alive', 'content-length']);

/** What of an answer does not differ from one request to the next. */
function essence({ status, headers, body }: Got) {
  const kept = Object.entries(headers).filter(([name]) => !ofConnection.has(name));
  const ofAll = kept.map(([name, value]) => [name, String(value).replaceAll(ids, 'ID')]);
  return { status, headers: Object.fromEntries(ofAll), body: body.replaceAll(ids, 'ID') };
}

const visit = { session_id: 's', landing_page: 'https://shop.example/?utm_source=ig&utm_campaign=NONE_01' };
const usual = {
  path: '/api/v1/campaigns/track-visit',
  headers: { 'content-type': 'text/plain;charset=UTF-8', 'x-site-key': siteKey, 'user-agent': 'Mozilla/5.0' },
  body: JSON.stringify(visit),
};

async function allWays(sent: Sent) {
  const quick = await throughSocket(sent);
  const slow = essence(await throughFramework(sent));
  expect(essence(quick)).toEqual(slow);
  expect(essence(await throughSocket(sent, true))).toEqual(slow);
  return quick;
}

describe('a request that a page sends', () => {
  const part = fc.constantFrom<unknown>(
    '',
    's',
    ' s ',
    'x'.repeat(201),
    '\0',
    '\ud800',
    'é✓',
    7,
    null,
    {},
    [],
  );
  const body = fc
    .tuple(
      fc.record(
        {
          session_id: part,
          landing_page: part,
          referrer: part,
          tracking_code: part,
          utm: fc.oneof(part, fc.dictionary(fc.constantFrom('source', 'utm_medium', '__proto__', ''), part)),
          key: part,
          own: fc.constantFrom(true, false, 'yes'),
          unheard_of: part,
        },
        { requiredKeys: [] },
      ),
      fc.boolean(),
    )
    .map(([fields, isWhole]) => JSON.stringify(isWhole ? { ...fields, ...visit } : fields));
  const text = fc.constantFrom('', '{', 'null', '[]', '"s"', '\ufeff{}', '{"session_id":"s"} x', '{}');
  const type = fc.constantFrom(
    'application/json',
    'text/plain',
    'text/plain; charset=utf-8',
    'text/html',
    'x',
    '',
  );

  it('is answered alike by the hot routes and by the framework, whatever it says', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof({ weight: 4, arbitrary: body }, text),
        fc.constantFrom(
          '/track-visit',
          '/update-activity',
          '/track-visit?key=x',
          '/track-visit/',
          '/identify',
        ),
        type,
        fc.constantFrom(siteKey, siteKey, 'tss_unknown'),
        fc.constantFrom('8.8.8.8', '8.8.8.8, 127.0.0.1', 'nowhere'),
        fc.constantFrom('one', 'not allowed in a log', ''),
        async (body, path, contentType, key, forwarded, id) => {
          const headers = {
            ...{ 'x-site-key': key, 'x-forwarded-for': forwarded, 'x-request-id': id },
            ...{ 'user-agent': 'Mozilla/5.0' },
            ...(contentType === '' ? {} : { 'content-type': contentType }),
          };
          await allWays({ path: `/api/v1/campaigns${path}`, headers, body });
        },
      ),
      { numRuns: 150 },
    );
  }, 60_000);

  it('is refused when it is too large', async () => {
    const body = JSON.stringify({ ...visit, referrer: 'x'.repeat(17_000) });
    expect(await allWays({ ...usual, body })).toMatchObject({ status: 413 });
  });

  it('leaves the same record', async () => {
    const forwarded = { ...usual.headers, 'x-forwarded-for': '8.8.8.8, 127.0.0.1', 'x-request-id': 'q' };
    const said = { ...visit, referrer: 'https://www.google.com/', utm: { source: 'window' }, click_ids: {} };
    const send = (session_id: string) => ({
      ...usual,
      headers: forwarded,
      body: JSON.stringify({ ...said, session_id }),
    });
    const quick = await throughSocket(send('quick'));
    const slow = await throughFramework(send('slow'));
    expect(essence(quick)).toEqual(essence(slow));
    expect(quick.headers['x-request-id']).toBe('q');
    const clicks = await api.db
      .selectFrom('clicks')
      .selectAll()
      .where('session_id', 'in', ['quick', 'slow'])
      .execute();
    const [one, other] = clicks.map(({ session_id, id, visit_id, ...click }) => click);
    expect(one).toMatchObject({ country: 'US', utm: { utm_source: 'window' }, channel: 'organic_search' });
    expect(other).toEqual(one);
  });

  it('counts towards the limit of its address once, on whichever way', async () => {
    api.clock.advance(60_000);
    const from = (address: string) => ({
      ...usual,
      headers: { ...usual.headers, 'x-forwarded-for': address },
    });
    for (let time = 0; time < 998; time += 1) await throughFramework({ ...from('9.9.9.9'), body: '{' });
    expect((await throughSocket({ ...from('9.9.9.9'), body: '{' })).status).toBe(400);
    expect((await throughSocket(from('9.9.9.9'))).status).toBe(200);
    const refused = await allWays(from('9.9.9.9'));
    expect(refused).toMatchObject({ status: 429, headers: { 'retry-after': '50' } });
    expect((await throughSocket(from('9.9.9.8'))).status).toBe(200);
  });
});
