import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** Where `npm run build` puts the dashboard, seen from the sources and from the build alike. */
export const builtDashboard = fileURLToPath(new URL('../../../web/dist', import.meta.url));

/**
 * Serves the dashboard at `/`: its files, and its one page at every address that it routes itself. Where it has not
 * been built, nothing is served and the plain index stays.
 */
export async function serveDashboard(app: FastifyInstance, folder: string | undefined): Promise<void> {
  if (folder === undefined || !existsSync(`${folder}/index.html`)) return;
  await app.register(fastifyStatic, {
    root: `${folder}/assets`,
    prefix: '/assets/',
    index: false,
    // The name of a built file is a hash of what is in it: the same name is the same file for good.
    immutable: true,
    maxAge: '365d',
  });
  const hidden = { schema: { hide: true } };
  const fresh = { cacheControl: false };
  for (const file of ['favicon.svg', 'color-scheme.js']) {
    app.get(`/${file}`, hidden, (_, reply) =>
      reply.header('cache-control', 'no-cache').sendFile(file, folder, fresh),
    );
  }
  for (const url of ['/', '/*']) {
    app.get(url, hidden, (request, reply) => {
      if (!isPage(request.url, request.headers.accept)) return reply.callNotFound();
      reply.headers({ 'cache-control': 'no-cache', 'content-security-policy': pagePolicy, vary: 'accept' });
      return reply.sendFile('index.html', folder, fresh);
    });
  }
}

/**
 * The root is a page to whoever asks. Elsewhere a browser that navigates accepts HTML; what lies below /api/ or /assets/
 * or ends like a file is no page.
 */
function isPage(url: string, accept = ''): boolean {
  const path = url.split('?')[0] ?? '';
  if (path === '/') return true;
  return accept.includes('text/html') && !/^\/(api|assets)(\/|$)|\.\w{1,5}$/.test(path);
}

// Scripts come from this server only, and none stands in the page. Components set their variables in style elements.
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');
