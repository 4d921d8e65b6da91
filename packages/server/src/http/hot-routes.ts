import type { IncomingHttpHeaders, IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Client, Route } from '../vocabulary/route.ts';
import { addressReader } from './address-of.ts';
import { type Answer, answerOfRefusal, json } from './answer.ts';
import { nobody } from './authenticate.ts';
import type { ServerParts } from './build-server.ts';
import { answerAtSockets } from './hot-sockets.ts';
import type { PageLimit } from './limit-pages.ts';
import { holdBody, largestPageBodyBytes } from './page-body.ts';
import { refusalOf } from './refusals.ts';
import { requestId } from './request-id.ts';

/**
 * Answers what pages send by the thousand, the routes with a `readUsual`, straight from the socket or from Node's server:
 * with what else was made cheaper for it, a visit costs 42 to 50 µs of processor time here, where it cost 130 through the
 * framework and its schema. A request that is in any way unusual, and every one that is to be refused for what it says,
 * goes on to the framework as if nobody had looked at it, so that there is one answer to each; a property test compares
 * them.
 */
export function answerHotRoutes(app: FastifyInstance, parts: ServerParts, limit: PageLimit): void {
  const { clock, settings, log } = parts;
  const hot = new Map<string | undefined, Route>();
  for (const route of parts.routes) if (route.readUsual) hot.set(`/api/v1${route.path}`, route);
  const addressOf = addressReader(settings.trustedProxies);
  const { db, previewReach, lastTouchOf } = parts;
  const given = { db, clock, settings, previewReach, lastTouchOf, actor: nobody };
  let isClosing = false;
  app.addHook('preClose', async () => {
    isClosing = true;
  });

  const listener: RequestListener = (request, response) => {
    const route = request.method === 'POST' && !isClosing ? hot.get(request.url) : undefined;
    const length = route === undefined ? 0 : lengthOf(request);
    if (route === undefined || length === 0) return app.routing(request, response);
    readBody(request, length, (body) => {
      const input = usualInput(route, body.toString());
      const address = addressOf(request);
      if (input === undefined || limit(address, clock.now()) !== undefined) {
        holdBody(request, body);
        return app.routing(request, response);
      }
      const answered = answer(route, input, clientOf(address, request.headers), requestId(request));
      void answered.then((answer) => send(response, answer));
    });
  };
  app.server.removeAllListeners('request').on('request', listener);

  answerAtSockets(app, ({ path, headers, body }, socket) => {
    const route = hot.get(path);
    if (route === undefined || lengthOf({ headers }) === 0) return undefined;
    const input = usualInput(route, body);
    if (input === undefined) return undefined;
    const address = addressOf({ socket, headers });
    if (limit(address, clock.now()) !== undefined) return undefined;
    return answer(route, input, clientOf(address, headers), requestId({ headers }));
  });

  async function answer(route: Route, body: unknown, client: Client, id: string): Promise<Answer> {
    try {
      const context = { ...given, requestId: id, client };
      const { data, meta } = await route.handle({ params: {}, query: {}, body }, context);
      const headers = { 'x-request-id': id, 'access-control-allow-origin': '*', 'content-type': json };
      return { status: 200, headers, body: JSON.stringify({ success: true, data, meta }) };
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal.status >= 500) log.child({ reqId: id }).error({ err: error }, 'failed');
      const { status, headers, body } = answerOfRefusal(refusal);
      const ofPage = { 'x-request-id': id, 'access-control-allow-origin': '*' };
      return { status, headers: { ...ofPage, ...headers }, body };
    }
  }
}

function clientOf(address: string, headers: IncomingHttpHeaders): Client {
  return {
    address,
    userAgent: headers['user-agent'],
    origin: headers.origin,
    siteKey: headers['x-site-key'] as string | undefined,
  };
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  // As a list: an object put together anew for each answer took 2 µs of them.
  const lines = [];
  for (const name in headers) lines.push(name, headers[name]!);
  lines.push('content-length', String(Buffer.byteLength(body)));
  response.writeHead(status, lines);
  response.end(body);
}

/** The length of a body that is read here; 0: it is not. */
function lengthOf({ headers }: { headers: IncomingHttpHeaders }): number {
  const length = Number(headers['content-length']);
  const isRead = length <= largestPageBodyBytes && usualTypes.has(headers['content-type'] ?? '');
  return isRead ? length : 0;
}

const usualTypes = new Set(
  ['application/json', 'text/plain'].flatMap((type) => [
    type,
    `${type};charset=UTF-8`,
    `${type}; charset=utf-8`,
  ]),
);

function readBody(request: IncomingMessage, length: number, then: (body: Buffer) => void): void {
  let read = 0;
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    read += chunk.length;
    if (read === length) then(chunks.length === 1 ? chunk : Buffer.concat(chunks));
  });
  // A sender that goes away in the middle has said nothing.
  request.on('error', () => {});
}

/**
 * Whatever could be wrong with a body as such is written with a backslash (a NUL, half a surrogate pair) or is a field
 * that `readUsual` does not know.
 */
function usualInput(route: Route, body: string): unknown {
  if (body.includes('\\')) return undefined;
  try {
    return route.readUsual?.(JSON.parse(body));
  } catch {
    return undefined;
  }
}
