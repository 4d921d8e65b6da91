import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fastify } from 'fastify';
import { afterAll, describe, expect, it } from 'vitest';
import { serveDashboard } from './serve-dashboard.ts';

const folder = mkdtempSync(join(tmpdir(), 'touchstone-dashboard-'));
mkdirSync(join(folder, 'assets'));
writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Touchstone</title>');
writeFileSync(join(folder, 'favicon.svg'), '<svg/>');
writeFileSync(join(folder, 'assets', 'page-a1b2.js'), 'export {};');

const app = fastify();
await serveDashboard(app, folder);
await app.ready();
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

const asBrowser = { accept: 'text/html,application/xhtml+xml' };

describe('the dashboard', () => {
  it('answers its page at the root and at every address that it routes itself', async () => {
    for (const url of ['/', '/campaigns/42?tab=targets', '/orders']) {
      const reply = await app.inject({ url, headers: asBrowser });
      expect(reply.statusCode, url).toBe(200);
      expect(reply.body).toContain('<title>Touchstone</title>');
      expect(reply.headers['cache-control']).toBe('no-cache');
    }
  });

  it('lets no script run but those of this server', async () => {
    const { headers } = await app.inject({ url: '/', headers: asBrowser });
    expect(headers['content-security-policy']).toContain("script-src 'self';");
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  });

  it('has hashed files kept for good, and the others looked after', async () => {
    const hashed = await app.inject({ url: '/assets/page-a1b2.js' });
    expect(hashed.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(hashed.headers['content-type']).toContain('javascript');
    expect((await app.inject({ url: '/favicon.svg' })).headers['cache-control']).toBe('no-cache');
  });

  it('finds nothing for a missing file, an address of the API, or a caller that wants no page', async () => {
    for (const url of ['/assets/gone.js', '/api/v1/nothing', '/robots.txt', '/.vite/manifest.json']) {
      expect((await app.inject({ url, headers: asBrowser })).statusCode, url).toBe(404);
    }
    expect((await app.inject({ url: '/nowhere', headers: { accept: 'application/json' } })).statusCode).toBe(
      404,
    );
  });

  it('serves nothing where it has not been built', async () => {
    const bare = fastify();
    await serveDashboard(bare, join(folder, 'not-built'));
    await serveDashboard(bare, undefined);
    expect(bare.hasRoute({ method: 'GET', url: '/' })).toBe(false);
  });
});
