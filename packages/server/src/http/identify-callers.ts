import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import type { Actor } from '../vocabulary/permission.ts';
import { authenticator } from './authenticate.ts';
import type { ServerParts } from './build-server.ts';
import { Refused } from './refusals.ts';
import { keepSession, sessionTokenIn } from './session-cookie.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is asking; undefined without a valid key or session. */
    actor: Actor | undefined;
  }

  interface FastifyContextConfig {
    /** Nobody's request: no key or session is looked for, and no line logged. */
    fromPages?: boolean;
  }
}

/** Finds out who is asking, before the body is read, and slows down who asks too much. */
export async function identifyCallers(
  app: FastifyInstance,
  { db, clock, settings }: ServerParts,
): Promise<void> {
  const identify = authenticator(db, clock, settings);
  app.decorateRequest('actor', undefined);
  await app.register(cookie);
  app.addHook('onRequest', async (request, reply) => {
    if (!request.url.startsWith('/api/') || request.routeOptions.config.fromPages) return;
    const caller = await identify(request);
    request.actor = caller?.actor;
    const token = sessionTokenIn(request);
    if (caller?.renewedUntil !== undefined && token !== undefined) {
      keepSession(request, reply, { token, expiresAt: caller.renewedUntil });
    }
  });
  if (settings.rateLimitPerMinute === 0) return;
  await app.register(rateLimit, {
    timeWindow: 60_000,
    max: (request) =>
      request.actor === undefined ? Math.ceil(settings.rateLimitPerMinute / 10) : settings.rateLimitPerMinute,
    keyGenerator: (request) => request.actor?.name ?? request.ip,
    allowList: (request) => request.url === '/healthz' || request.url === '/readyz',
    errorResponseBuilder: (_, { ttl }) =>
      new Refused({
        status: 429,
        code: 'rate_limited',
        message: `Too many requests; ask again in ${Math.ceil(ttl / 1000)} seconds.`,
        retryAfter: Math.ceil(ttl / 1000),
      }),
  });
}
