import type { FastifyInstance } from 'fastify';
import { type Database, missingMigrations } from '../database/index.ts';

/**
 * `/healthz`: the process answers. `/readyz`: it can do its work, that is, the database answers and has the schema of
 * this version, and the server is not shutting down. Both answer anybody and say nothing that is secret.
 */
export function serveHealth(app: FastifyInstance, db: Database): void {
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
  });
  app.get('/healthz', { schema: { hide: true } }, async () => ({ status: 'alive' }));
  app.get('/readyz', { schema: { hide: true } }, async (request, reply) => {
    if (closing) return reply.code(503).send({ status: 'shutting down' });
    try {
      const missing = await missingMigrations(db);
      if (missing.length === 0) return { status: 'ready' };
      return reply.code(503).header('retry-after', '2').send({ status: 'waiting for migrations', missing });
    } catch (error) {
      request.log.warn({ err: error }, 'the database does not answer');
      return reply.code(503).header('retry-after', '2').send({ status: 'database unreachable' });
    }
  });
}
