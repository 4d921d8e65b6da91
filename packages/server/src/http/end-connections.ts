import type { FastifyInstance } from 'fastify';

/**
 * While the server closes, a connection ends with the answer it is waiting for. Left open it would be kept for a next
 * request, and the server with it, for as long as the keep-alive timeout (72 s).
 */
export function endConnectionsOnClose(app: FastifyInstance): void {
  let sweep: NodeJS.Timeout | undefined;
  app.addHook('preClose', async () => {
    sweep = setInterval(() => app.server.closeIdleConnections(), 20);
  });
  app.addHook('onSend', (_, reply, payload, done) => {
    if (sweep !== undefined) reply.header('connection', 'close');
    done(null, payload);
  });
  app.addHook('onClose', async () => clearInterval(sweep));
}
