import type { FastifyInstance } from 'fastify';
import type { Route } from '../vocabulary/route.ts';
import { answerOfRefusal, sendAnswer } from './answer.ts';
import { hearOut } from './hear-out.ts';
import { type Refusal, refusalOf } from './refusals.ts';

/** Every failure leaves in the envelope, and every fault of ours in the log. */
export function answerFailures(app: FastifyInstance, routes: Route[]): void {
  app.setErrorHandler((error, request, reply) => {
    const refusal = refusalOf(error);
    if (refusal.status >= 500) request.log.error({ err: error }, 'failed');
    if (refusal.status === 413) hearOut(request, reply);
    return sendAnswer(reply, answerOfRefusal(refusal));
  });

  const addresses = routes.map(({ method, path }) => ({ method, pattern: patternOf(path) }));
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    const allowed = addresses.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method);
    return sendAnswer(reply, answerOfRefusal(refusalOfUnknown(request.method, path, allowed)));
  });
}

function refusalOfUnknown(method: string, path: string, allowed: string[]): Refusal {
  return allowed.length === 0
    ? {
        status: 404,
        code: 'not_found',
        message: `There is no ${method} ${path}. See /docs for what there is.`,
      }
    : {
        status: 405,
        code: 'method_not_allowed',
        message: `${path} does not take ${method}; it takes ${allowed.join(', ')}.`,
        allow: allowed,
      };
}

function patternOf(path: string): RegExp {
  return new RegExp(`^/api/v1${path.replace(/:\w+/g, '[^/]+')}/?$`);
}
