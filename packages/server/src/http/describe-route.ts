import type { FastifySchema } from 'fastify';
import { z } from 'zod';
import { jsonField } from '../vocabulary/fields.ts';
import type { Route } from '../vocabulary/route.ts';
import { optionalBody } from './describe-api.ts';

/** A route for the OpenAPI document: its name, inputs, and every answer it can give. */
export function describeRoute(route: Route): FastifySchema & Record<string, unknown> {
  const successes = route.statuses ?? (route.method === 'POST' ? [200, 201] : [200]);
  return {
    operationId: operationIdOf(route),
    summary: route.summary,
    description: whoMayAsk(route),
    tags: [route.tag],
    security: locksOf(route),
    ...(route.params && { params: route.params }),
    ...(route.query && { querystring: route.query }),
    ...(route.body && { body: route.body }),
    ...(route.body?.safeParse(undefined).success && { [optionalBody]: true }),
    ...(route.method === 'POST' &&
      !route.secret &&
      !route.readOnly &&
      !route.fromPages && { headers: idempotency }),
    response: Object.fromEntries([
      ...successes.map((status) => [status, success(route, status)]),
      ...failuresOf(route).map((status) => [status, failure(status)]),
    ]),
  };
}

function whoMayAsk({ permission, narrowedFor = [], fromPages = false }: Route): string {
  if (fromPages) return 'For the pages of a shop: with a site key, or from an origin that is listed.';
  switch (permission) {
    case 'public':
      return 'Anybody may ask.';
    case 'known':
      return 'For whoever has a key or is signed in.';
    case 'signed_in':
      return 'For a person who is signed in.';
    default:
      return [`Needs the permission \`${permission}\`.`, ...narrowedFor.map((kind) => narrowing[kind])].join(
        ' ',
      );
  }
}

const narrowing = {
  owner: 'Advertisers and brands see of it what concerns their own campaigns.',
  retailer: 'Retailers see of it what concerns their own orders.',
};

function locksOf({ permission }: Route): Record<string, string[]>[] {
  if (permission === 'public') return [];
  return permission === 'signed_in' ? [{ session: [] }] : [{ bearer: [] }, { key: [] }, { session: [] }];
}

const idempotency = z.object({
  'Idempotency-Key': z.string().max(255).optional().meta({
    description: 'A key of your choice (a UUID, say): the same request is carried out once in 24 hours.',
  }),
});

function operationIdOf({ method, path }: Route): string {
  const words = path.split(/[/_-]/).filter((word) => word !== '');
  const named = words.map((word) => (word.startsWith(':') ? `By${capital(word.slice(1))}` : capital(word)));
  return method.toLowerCase() + named.join('');
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

const meanings: Record<number, string> = {
  200: 'Done',
  201: 'Created',
  202: 'Accepted; the work goes on in the background',
  400: 'Malformed: not JSON, or a cursor of another list',
  401: 'No valid API key or session',
  403: 'The caller may not do this',
  404: 'There is no such thing',
  409: 'Contradicts what is recorded',
  413: 'The body is larger than 10 MB',
  415: 'The body is not application/json',
  422: 'Invalid: each fault is named with its path and a remedy',
  429: 'Too many requests; Retry-After says when to ask again',
  503: 'The database cannot be reached; Retry-After says when to ask again',
};

function failuresOf({ method, params, query, body }: Route): number[] {
  return [
    400,
    401,
    403,
    ...(params === undefined ? [] : [404]),
    ...(method === 'GET' ? [] : [409]),
    ...(body === undefined ? [] : [413, 415]),
    ...(body === undefined && query === undefined ? [] : [422]),
    429,
    503,
  ];
}

function success(route: Route, status: number) {
  if (route.file !== undefined) {
    return { description: meanings[status], content: { [route.file]: { schema: z.string() } } };
  }
  const schema = z.object({
    success: z.literal(true),
    data: route.data,
    meta: z.record(z.string(), jsonField).optional(),
  });
  const content = { 'application/json': { schema } };
  return {
    description: meanings[status],
    content: route.csv ? { ...content, 'text/csv': { schema: z.string() } } : content,
  };
}

function failure(status: number) {
  return { description: meanings[status], content: { 'application/json': { schema: failureSchema } } };
}

const failureSchema = z
  .object({
    success: z.literal(false),
    error: z.object({
      code: z.string().meta({ example: 'invalid' }),
      message: z.string(),
      fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    }),
  })
  .meta({ id: 'Failure' });
