import type { LightMyRequestResponse } from 'fastify';
import { pino } from 'pino';
import { afterAll } from 'vitest';
import type { Database } from '../src/database/index.ts';
import { buildServer } from '../src/http/index.ts';
import type { FetchText } from '../src/intake/index.ts';
import { settableClock } from '../src/vocabulary/clock.ts';
import type { PreviewReach } from '../src/vocabulary/reach.ts';
import type { LastTouchOf, Route } from '../src/vocabulary/route.ts';
import type { Settings } from '../src/vocabulary/settings.ts';
import { freshDatabase } from './fresh-database.ts';

export type ServerOptions = {
  /** Where the clock stands at first; `api.clock` moves it. */
  now?: string;
  settings?: Partial<Settings>;
  routes: Route[];
  /** In place of the fresh one. */
  db?: Database;
  /** Refuses by default. */
  previewReach?: (db: Database) => PreviewReach;
  /** Finds nothing by default. */
  lastTouchOf?: (settings: Settings) => LastTouchOf;
  /** Refuses by default: tests ask nothing of the network. */
  fetchText?: FetchText;
  /** Where log lines go; nowhere by default. */
  log?: { write(line: string): void };
};

/** What came back; `body` is the parsed JSON, or the text of anything else. */
export type ApiReply = {
  status: number;
  body: ReturnType<typeof JSON.parse>;
  headers: Record<string, string | undefined>;
  text: string;
};

type Headers = Record<string, string>;

/**
 * The HTTP server with these routes on a fresh database, asked without a socket by an admin. For tests of how routes
 * are served; a test of what they do wants `startApi`. At the top of a test file.
 */
export async function startServer(options: ServerOptions) {
  const connection = await freshDatabase();
  const clock = settableClock(options.now ?? '2026-03-01T12:00:00Z');
  const settings = { ...testSettings, ...options.settings };
  const app = await buildServer({
    db: options.db ?? connection.db,
    clock,
    settings,
    routes: options.routes,
    log: options.log === undefined ? pino({ level: 'silent' }) : pino({ level: 'trace' }, options.log),
    previewReach: options.previewReach?.(connection.db) ?? refusePreview,
    fetchText: options.fetchText ?? refuseFetch,
    lastTouchOf: options.lastTouchOf?.(settings) ?? (async () => ({ campaign_id: null, visit_id: null })),
  });
  await app.ready();
  afterAll(() => app.close());

  async function ask(method: Method, path: string, body?: unknown, headers: Headers = {}): Promise<ApiReply> {
    const isText = typeof body === 'string';
    const reply = await app.inject({
      method,
      url: path.startsWith('//') ? path.slice(1) : path.startsWith('/api/') ? path : `/api/v1${path}`,
      headers: {
        authorization: `Bearer ${settings.adminKey}`,
        ...(isText ? { 'content-type': 'application/json' } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: body as object | string }),
    });
    return toApiReply(reply);
  }

  return {
    app,
    ...connection,
    clock,
    settings,
    ask,
    get: (path: string, headers?: Headers) => ask('GET', path, undefined, headers),
    post: (path: string, body?: unknown, headers?: Headers) => ask('POST', path, body, headers),
    put: (path: string, body?: unknown, headers?: Headers) => ask('PUT', path, body, headers),
    patch: (path: string, body?: unknown, headers?: Headers) => ask('PATCH', path, body, headers),
    delete: (path: string, headers?: Headers) => ask('DELETE', path, undefined, headers),
  };
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** An installation as most tests want it: Berlin, euros, attribution on. */
export const testSettings: Settings = {
  port: 0,
  host: '127.0.0.1',
  databaseUrl: undefined,
  dataDirectory: '.touchstone',
  adminKey: 'admin-key-of-the-tests',
  timeZone: 'Europe/Berlin',
  currency: 'EUR',
  attributionEnabled: true,
  countableStatuses: ['confirmed', 'processing', 'delivered', 'completed'],
  models: ['product_full', 'product_split'],
  visitWindowDays: 30,
  logLevel: 'silent',
  corsOrigins: [],
  rateLimitPerMinute: 0,
  trustedProxies: [],
  publicUrl: undefined,
  siteKey: 'tss_key-of-the-tests',
  ownAddresses: [],
  keepAddresses: false,
  cityDatabase: undefined,
  sendgridPublicKey: undefined,
  mailgunSigningKey: undefined,
  postmarkLogin: undefined,
  snsTopics: [],
  resendSecret: undefined,
  hubspotSecret: undefined,
  hubspotWonStages: ['closedwon'],
};

async function refuseFetch(): Promise<never> {
  throw new Error('This test asks the network: give startServer a fetchText.');
}

async function refusePreview(): Promise<never> {
  throw new Error('This test asks for a preview: give startServer a previewReach.');
}

function toApiReply(reply: LightMyRequestResponse): ApiReply {
  const isJson = String(reply.headers['content-type']).startsWith('application/json');
  return {
    status: reply.statusCode,
    body: isJson ? reply.json() : reply.body,
    headers: reply.headers as Record<string, string | undefined>,
    text: reply.body,
  };
}
