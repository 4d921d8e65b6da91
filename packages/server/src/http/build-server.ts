import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import swagger from '@fastify/swagger';
import { type FastifyBaseLogger, type FastifyInstance, fastify, LogController } from 'fastify';
import type { Database } from '../database/index.ts';
import type { FetchText } from '../intake/index.ts';
import type { Clock } from '../vocabulary/clock.ts';
import type { PreviewReach } from '../vocabulary/reach.ts';
import type { LastTouchOf, Route } from '../vocabulary/route.ts';
import type { Settings } from '../vocabulary/settings.ts';
import { answerOfRefusal, sendAnswer } from './answer.ts';
import { answerFailures } from './answer-failures.ts';
import { documentation } from './describe-api.ts';
import { endConnectionsOnClose } from './end-connections.ts';
import { answerHotRoutes } from './hot-routes.ts';
import { identifyCallers } from './identify-callers.ts';
import { pageLimit } from './limit-pages.ts';
import { logRequests } from './log-requests.ts';
import { readJson } from './read-json.ts';
import { refusalOf } from './refusals.ts';
import { requestId } from './request-id.ts';
import { serveDashboard } from './serve-dashboard.ts';
import { serveDocs } from './serve-docs.ts';
import { serveHealth } from './serve-health.ts';
import { serveMailLinks } from './serve-mail-links.ts';
import { servePageRoutes } from './serve-page-route.ts';
import { serveRoute } from './serve-route.ts';
import { serveShortLinks } from './serve-short-links.ts';
import { serveTracker } from './serve-tracker.ts';
import { serveWebhooks } from './serve-webhooks.ts';

/** What the server is put together from; a test gives its own clock, settings and routes. */
export type ServerParts = {
  db: Database;
  clock: Clock;
  settings: Settings;
  routes: Route[];
  log: FastifyBaseLogger;
  previewReach: PreviewReach;
  lastTouchOf: LastTouchOf;
  /** Fetches texts from elsewhere; over the network by default. */
  fetchText?: FetchText;
  /** The folder of the built dashboard; without it the server answers the API only. */
  dashboard?: string;
  /** The file of the built tracker; without it no page can load it from here. */
  tracker?: string;
};

/** Larger bodies are refused with 413; a batch of 10,000 orders of three lines has about 6 MB. */
export const largestBodyBytes = 10 * 1024 * 1024;

/** Builds the HTTP server, ready to listen or to be injected into. */
export async function buildServer(parts: ServerParts): Promise<FastifyInstance> {
  const { settings, routes, log } = parts;
  const app = fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: largestBodyBytes,
    trustProxy: settings.trustedProxies.length === 0 ? false : settings.trustedProxies,
    genReqId: requestId,
    // While closing, what has been accepted is finished; /readyz tells the load balancer to send no more.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    routerOptions: { ignoreTrailingSlash: true },
    frameworkErrors: (error, _, reply) => sendAnswer(reply, answerOfRefusal(refusalOf(error))),
  });
  // Input is checked by serveRoute, which names every fault at once; Fastify's schemas serve the documentation only.
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => JSON.stringify);

  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    done();
  });
  endConnectionsOnClose(app);
  logRequests(app);
  readJson(app);
  answerFailures(app, routes);
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: apiPolicy },
    // Whether all of a host speaks TLS is known to the proxy that ends it, not to us.
    strictTransportSecurity: false,
  });
  await app.register(cors, {
    origin: settings.corsOrigins.length === 0 ? false : settings.corsOrigins,
    exposedHeaders: ['x-request-id', 'retry-after', 'idempotency-replayed'],
    maxAge: 600,
  });
  await identifyCallers(app, parts);
  await app.register(swagger, documentation);

  await app.register(async (api) => {
    for (const route of routes) if (!route.fromPages) serveRoute(api, route, parts);
  });
  const limit = pageLimit(settings.rateLimitPerMinute);
  answerHotRoutes(app, parts, limit);
  await app.register(async (pages) => {
    const fromPages = routes.filter((route) => route.fromPages);
    servePageRoutes(pages, fromPages, parts, limit);
  });
  await app.register(async (webhooks) => serveWebhooks(webhooks, parts));
  await app.register(async (links) => serveMailLinks(links, parts));
  serveShortLinks(app, parts);
  serveHealth(app, parts.db);
  serveTracker(app, parts.tracker);
  await serveDashboard(app, parts.dashboard);
  serveDocs(app);
  return app;
}

/** Nothing the API answers is a page: no script, style or frame of it may run anywhere. */
const apiPolicy = { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] };
