import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Route } from '../vocabulary/route.ts';
import { answerOfRefusal, json, sendAnswer } from './answer.ts';
import { nobody } from './authenticate.ts';
import type { ServerParts } from './build-server.ts';
import { describeRoute } from './describe-route.ts';
import type { PageLimit } from './limit-pages.ts';
import { heldBody, largestPageBodyBytes } from './page-body.ts';
import { inputReader } from './read-input.ts';
import { parseJson } from './read-json.ts';
import { refusalOf } from './refusals.ts';

/**
 * Serves the routes that pages of shops ask, of whatever site, many times a second: without session, key or cookie,
 * hence open to every origin; JSON also as text/plain, so that a browser needs no preflight; slowed down by address;
 * not logged one by one.
 */
export function servePageRoutes(
  app: FastifyInstance,
  routes: Route[],
  parts: ServerParts,
  limit: PageLimit,
): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<string>(
    ['application/json', 'text/plain'],
    { parseAs: 'string' },
    (_, text, done) => {
      try {
        done(null, text === '' ? undefined : parseJson(text));
      } catch (error) {
        done(error as Error);
      }
    },
  );
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('access-control-allow-origin', '*');
    done(limit(request.ip, parts.clock.now()));
  });
  app.addHook('preParsing', (request, _, payload, done) => done(null, heldBody(request.raw) ?? payload));
  for (const route of routes) servePageRoute(app, route, parts);
}

function servePageRoute(
  app: FastifyInstance,
  route: Route,
  { db, clock, settings, previewReach, lastTouchOf }: ServerParts,
): void {
  const readInput = inputReader(route);
  const given = { db, clock, settings, previewReach, lastTouchOf };
  const url = `/api/v1${route.path}`;
  const options = {
    helmet: false as const,
    config: { cors: false as const, rateLimit: false as const, fromPages: true },
  };

  app.route({
    ...options,
    method: route.method,
    url,
    schema: describeRoute(route),
    bodyLimit: largestPageBodyBytes,
    errorHandler: (error, request, reply) => {
      const refusal = refusalOf(error);
      if (refusal.status >= 500) request.log.error({ err: error }, 'failed');
      if (refusal.status === 413)
        refusal.message = 'The body is larger than 16 kB; a page has no more to say.';
      return sendAnswer(reply, answerOfRefusal(refusal));
    },
    handler: async (request, reply) => {
      const { headers } = request;
      const client = {
        address: request.ip,
        userAgent: headers['user-agent'],
        origin: headers.origin,
        siteKey: typeof headers['x-site-key'] === 'string' ? headers['x-site-key'] : undefined,
      };
      const context = { ...given, actor: nobody, requestId: request.id, client };
      const { data, meta } = await route.handle(readInput(request), context);
      return reply.type(json).send(JSON.stringify({ success: true, data, meta }));
    },
  });
  app.options(url, { ...options, schema: { hide: true } }, (_, reply) => allow(reply, route.method));
}

function allow(reply: FastifyReply, method: string): FastifyReply {
  return reply
    .code(204)
    .headers({
      'access-control-allow-methods': method,
      'access-control-allow-headers': 'content-type, x-site-key',
      'access-control-max-age': '86400',
    })
    .send();
}
