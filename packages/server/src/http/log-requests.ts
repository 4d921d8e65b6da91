import type { FastifyInstance } from 'fastify';

/** One line a request: what was asked, by whom and how it ended. Never a key, a body or a query string. */
export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    if (request.routeOptions.config.fromPages) return;
    const line = {
      method: request.method,
      path: request.url.split('?')[0],
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
      actor: request.actor?.name,
    };
    if (quiet.has(request.routeOptions.url ?? '')) request.log.debug(line, 'answered');
    else request.log.info(line, 'answered');
  });
}

const quiet = new Set(['/healthz', '/readyz']);
