import type { FastifyInstance, FastifyReply } from 'fastify';
import { minuteCounter } from '../vocabulary/count-in-minute.ts';
import type { Route } from '../vocabulary/route.ts';
import { answerOfRefusal, sendAnswer } from './answer.ts';
import { nobody } from './authenticate.ts';
import type { ServerParts } from './build-server.ts';
import { describeRoute } from './describe-route.ts';
import { inputReader } from './read-input.ts';
import { parseJson } from './read-json.ts';
import { Refused, refusalOf } from './refusals.ts';

/** What a page sends is small; larger bodies are refused with 413. */
const largestPageBodyBytes = 16 * 1024;

/**
 * Serves the routes that pages of shops ask, of whatever site, many times a second: without session, key or cookie,
 * hence open to every origin; JSON also as text/plain, so that a browser needs no preflight; slowed down by address;
 * not logged one by one.
 */
export function servePageRoutes(app: FastifyInstance, routes: Route[], parts: ServerParts): void {
  const { clock, settings } = parts;
  const count = minuteCounter();
  const most = Math.ceil(settings.rateLimitPerMinute / 10);

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
    const now = clock.now();
    if (most === 0 || count(request.ip, now) <= most) return done();
    done(tooMany(60 - now.getUTCSeconds()));
  });
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

const json = 'application/json; charset=utf-8';

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

function tooMany(seconds: number): Refused {
  return new Refused({
    status: 429,
    code: 'rate_limited',
    message: `Too many requests of one address; ask again in ${seconds} seconds.`,
    retryAfter: seconds,
  });
}
