import type { ZodType, z } from 'zod';
import type { Database } from '../database/index.ts';
import type { Clock } from './clock.ts';
import type { LastTouch } from './credit.ts';
import type { Actor, Permission, Scope } from './permission.ts';
import type { PreviewReach } from './reach.ts';
import type { Settings } from './settings.ts';

/** Where a request comes from; the command line has none. */
export type Client = {
  address: string;
  userAgent: string | undefined;
  /** Under which origin the caller knows this server: `https://track.shop.example`. */
  here?: string;
  /** The origin of the page that asks, and the site key it sent; of routes `fromPages`. */
  origin?: string;
  siteKey?: string;
};

/**
 * Who may ask a route: who holds a permission; whoever is known, with a key or a session; a person who is signed in,
 * for what is their own; anybody, `public`.
 */
export type Access = Permission | 'known' | 'signed_in' | 'public';

/** Finds the last touch of an order, by its id; `jobs/` provides it. */
export type LastTouchOf = (db: Database, orderId: string) => Promise<LastTouch>;

/** What every handler is given; a test builds the same. */
export type RouteContext = {
  db: Database;
  clock: Clock;
  settings: Settings;
  actor: Actor;
  requestId: string;
  client?: Client;
  /** What a change of history would move; given from below, since rooms import upstream only. */
  previewReach: PreviewReach;
  /** The last touch of an order that is recorded; given from below, too. */
  lastTouchOf: LastTouchOf;
};

/** `data` goes into the envelope; `csv` is the same answer as rows, sent when the caller accepts text/csv. */
export type Reply = {
  status?: 200 | 201 | 202;
  data: unknown;
  meta?: Record<string, unknown>;
  /** `columns` gives their order, and a header where there are no rows. */
  csv?: { filename: string; columns?: string[]; rows: Record<string, unknown>[] };
  /** Sent as it is, in place of the envelope. */
  file?: { type: string; content: string | Buffer };
  /** The session that the browser shall keep from now on; null: none. */
  session?: { token: string; expiresAt: Date } | null;
};

/**
 * One route of the API as data: a room lists its routes, `http/` serves, guards, validates and documents them.
 * Paths are below `/api/v1`, with Fastify's `:name` parameters.
 */
export type Route = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  permission: Access;
  /**
   * Whose queries it narrows to what is theirs. Whoever sees less than everything and is not named here is refused, so
   * that a new route shows nobody what is another's. Routes that need no permission hold nothing of anybody.
   */
  narrowedFor?: Exclude<Scope['kind'], 'all'>[];
  tag: string;
  summary: string;
  /** The statuses it may answer with, for the OpenAPI document: 200, and 201 too for a POST, when absent. */
  statuses?: (200 | 201 | 202)[];
  /** Replies with rows for text/csv, for the OpenAPI document. */
  csv?: boolean;
  /** Replies with a file of this media type, for the OpenAPI document. */
  file?: string;
  /** Its request or reply holds a secret, which is kept nowhere, so it takes no Idempotency-Key. */
  secret?: boolean;
  /** A POST that changes nothing: it needs no Idempotency-Key, and one is ignored. */
  readOnly?: boolean;
  /** Public, and gives or takes the session of a browser: no page of another site may make it ask. */
  ownPagesOnly?: boolean;
  /** Public, and asked by pages of other sites, which it lets in by itself; takes no session and no Idempotency-Key. */
  fromPages?: boolean;
  params?: ZodType;
  query?: ZodType;
  body?: ZodType;
  /**
   * Reads the body that nearly every request `fromPages` has, quicker than its schema does and to the same; undefined
   * for any other, right or wrong. With it, requests are answered before they reach the framework.
   */
  readUsual?(body: unknown): unknown;
  /** The shape of `data`, for the OpenAPI document. */
  data: ZodType;
  handle(input: { params: unknown; query: unknown; body: unknown }, context: RouteContext): Promise<Reply>;
};

type Input<S extends ZodType | undefined> = S extends ZodType ? z.output<S> : undefined;

/** Declares a route with the types of its handler's input taken from its schemas. */
export function route<
  P extends ZodType | undefined = undefined,
  Q extends ZodType | undefined = undefined,
  B extends ZodType | undefined = undefined,
>(
  definition: Omit<Route, 'handle' | 'params' | 'query' | 'body'> & {
    params?: P;
    query?: Q;
    body?: B;
    handle(
      input: { params: Input<P>; query: Input<Q>; body: Input<B> },
      context: RouteContext,
    ): Promise<Reply>;
  },
): Route {
  return definition as unknown as Route;
}
