import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Database } from '../database/index.ts';
import { invalid } from '../vocabulary/errors.ts';
import type { Route } from '../vocabulary/route.ts';
import { type Answer, answerOf, answerOfRefusal, sendAnswer } from './answer.ts';
import { answerOnce, KeptFailure } from './answer-once.ts';
import { authorise, keyIn } from './authenticate.ts';
import type { ServerParts } from './build-server.ts';
import { describeRoute } from './describe-route.ts';
import { inputReader } from './read-input.ts';
import { refuseUnstorable } from './read-json.ts';
import { refusalOf } from './refusals.ts';
import { refuseForeignPages } from './refuse-foreign-pages.ts';
import { keepSession } from './session-cookie.ts';

/** Serves one route of the table: guarded before its body is read, its input checked, its reply in the envelope. */
export function serveRoute(app: FastifyInstance, route: Route, parts: ServerParts): void {
  const { db, clock, settings, previewReach, lastTouchOf } = parts;
  const readInput = inputReader(route);

  app.route({
    method: route.method,
    url: `/api/v1${route.path}`,
    schema: describeRoute(route),
    // After the rate limit, which guards against guessing keys, and before the body is read.
    preParsing: async (request) => {
      const actor = authorise(request.actor, route);
      const byCookie = actor.session !== undefined && route.permission !== 'public';
      if (byCookie || (route.ownPagesOnly && keyIn(request) === undefined)) refuseForeignPages(request);
    },
    handler: async (request, reply) => {
      const actor = authorise(request.actor, route);
      refuseUnstorable(request.query);
      const input = readInput(request);
      const key = idempotencyKeyOf(request, route);
      const client = {
        address: request.ip,
        userAgent: request.headers['user-agent'],
        here: `${request.protocol}://${request.host}`,
      };
      const handle = async (on: Database) => {
        const context = {
          ...{ db: on, clock, settings, actor, client },
          ...{ previewReach, lastTouchOf, requestId: request.id },
        };
        const given = await route.handle(input, context);
        if (given.session !== undefined) keepSession(request, reply, given.session);
        return answerOf(request, given);
      };
      if (key === undefined) return sendAnswer(reply, await handle(db));

      const { answer, replayed } = await answerOnce(
        db,
        { ...addressOf(request), actor: actor.name, key, now: clock.now() },
        (tx) => handle(tx).catch(keepRefusal),
      );
      if (replayed) reply.header('idempotency-replayed', 'true');
      return sendAnswer(reply, answer);
    },
  });
}

function addressOf(request: FastifyRequest): { path: string; request: unknown } {
  const [path = ''] = request.url.split('?');
  return { path, request: { query: request.query, body: request.body } };
}

function keepRefusal(error: unknown): Answer {
  const refusal = refusalOf(error);
  throw refusal.status < 500 ? new KeptFailure(answerOfRefusal(refusal)) : error;
}

function idempotencyKeyOf(request: FastifyRequest, route: Route): string | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined || route.method !== 'POST' || route.readOnly) return undefined;
  if (route.secret) {
    throw invalid('Idempotency-Key', 'is not taken here: the answer holds a secret, which is kept nowhere');
  }
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw invalid('Idempotency-Key', 'must be 1 to 255 visible ASCII characters, such as a UUID');
  }
  return key;
}
