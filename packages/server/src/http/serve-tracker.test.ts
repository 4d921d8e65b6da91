import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import helmet from '@fastify/helmet';
import { fastify } from 'fastify';
import { afterAll, describe, expect, it } from 'vitest';
import { serveTracker } from './serve-tracker.ts';

const folder = mkdtempSync(join(tmpdir(), 'touchstone-tracker-'));
const file = join(folder, 't.js');
const script = `${'// the tracker\n'.repeat(20)}`;
writeFileSync(file, script);

const app = fastify();
await app.register(helmet);
serveTracker(app, file);
await app.ready();
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

const ask = (headers: Record<string, string> = {}) => app.inject({ url: '/t.js', headers });

describe('the tracker', () => {
  it('may be loaded by the pages of every origin', async () => {
    const { statusCode, headers, body } = await ask({ origin: 'https://shop.example' });
    expect(statusCode).toBe(200);
    expect(body).toBe(script);
    expect(headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
    });
  });

  it('is kept by browsers, which then ask whether it is still the same', async () => {
    const { headers } = await ask();
    expect(headers['cache-control']).toContain('public, max-age=3600');
    const again = await ask({ 'if-none-match': String(headers.etag) });
    expect(again.statusCode).toBe(304);
    expect(again.body).toBe('');
    expect((await ask({ 'if-none-match': '"another"' })).statusCode).toBe(200);
  });

  it('comes zipped to who takes it so, under a tag of its own', async () => {
    const zipped = await ask({ 'accept-encoding': 'br, gzip' });
    expect(zipped.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' });
    expect(gunzipSync(zipped.rawPayload).toString()).toBe(script);
    expect(zipped.headers.etag).not.toBe((await ask()).headers.etag);
  });

  it('is not there where it has not been built', async () => {
    const bare = fastify();
    serveTracker(bare, join(folder, 'not-built.js'));
    serveTracker(bare, undefined);
    expect(bare.hasRoute({ method: 'GET', url: '/t.js' })).toBe(false);
  });
});
