import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { destinationOf, followLink } from '../touches/index.ts';
import type { ServerParts } from './build-server.ts';

const overrides = z.object({
  utm_source: z.string().max(200).optional().catch(undefined),
  utm_medium: z.string().max(200).optional().catch(undefined),
  utm_content: z.string().max(200).optional().catch(undefined),
  utm_term: z.string().max(200).optional().catch(undefined),
});

/**
 * Serves short links at `/r/CODE`: records the click and leads to the landing page of the campaign. Asked for its head
 * alone, as by those who look where a link leads, it records nothing. A browser that only prepares the page is turned
 * away: it asks again when somebody goes there, and that is the click.
 */
export function serveShortLinks(app: FastifyInstance, { db, clock, settings }: ServerParts): void {
  const context = { db, clock, settings };
  app.get<{ Params: { code: string } }>('/r/:code', { schema: { hide: true } }, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    if (isPreparing(request.headers)) return reply.code(503).send();
    const { code } = request.params;
    const said = overrides.parse(request.query);
    const client = { address: request.ip, userAgent: request.headers['user-agent'] };
    const sent = { code, overrides: said, referrer: request.headers.referer?.slice(0, 4000) };
    const followed =
      request.method === 'HEAD'
        ? { location: await destinationOf(context, code, said), counted: true }
        : await followLink(context, sent, client);
    if (followed?.location === undefined) {
      return reply.code(404).type('text/html; charset=utf-8').send(leadsNowhere);
    }
    if (!followed.counted) reply.header('x-touchstone-click', 'not-counted');
    return reply.redirect(followed.location, 302);
  });
}

function isPreparing(headers: IncomingHttpHeaders): boolean {
  return ['sec-purpose', 'purpose', 'x-moz'].some((name) =>
    /prefetch|prerender/i.test(String(headers[name])),
  );
}

const leadsNowhere = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>This link leads nowhere</title>
<h1>This link leads nowhere</h1>
<p>There is no page behind it, or not any more. Whoever gave it to you may have a new one.</p>
</html>
`;
