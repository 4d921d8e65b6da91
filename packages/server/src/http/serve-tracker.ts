import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Where `npm run build` puts the tracker, seen from the sources and from the build alike. */
export const builtTracker = fileURLToPath(new URL('../../../tracker/dist/t.js', import.meta.url));

/**
 * Serves the tracker at `/t.js` to the pages of any shop. Browsers keep it for an hour and ask then whether it is still
 * the same; while the server is away they go on with the one they have. Where it has not been built, nothing is served.
 */
export function serveTracker(app: FastifyInstance, file: string | undefined): void {
  if (file === undefined || !existsSync(file)) return;
  const plain = encodingOf(readFileSync(file));
  const zipped = encodingOf(gzipSync(plain.content));

  app.get('/t.js', { schema: { hide: true } }, (request: FastifyRequest, reply: FastifyReply) => {
    const { accept, match } = wishesOf(request);
    const { content, tag } = accept.includes('gzip') ? zipped : plain;
    reply.headers({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=3600, stale-while-revalidate=86400, stale-if-error=604800',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      vary: 'accept-encoding',
      etag: tag,
    });
    if (match.includes(tag)) return reply.code(304).send();
    if (content === zipped.content) reply.header('content-encoding', 'gzip');
    return reply.send(content);
  });
}

function encodingOf(content: Buffer): { content: Buffer; tag: string } {
  return { content, tag: `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"` };
}

function wishesOf({ headers }: FastifyRequest): { accept: string; match: string } {
  return { accept: String(headers['accept-encoding'] ?? ''), match: headers['if-none-match'] ?? '' };
}
