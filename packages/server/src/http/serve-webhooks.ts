import type { FastifyInstance, FastifyRequest } from 'fastify';
import { fetchedOnce, providers, takeDelivery } from '../intake/index.ts';
import { TouchstoneError } from '../vocabulary/errors.ts';
import type { ServerParts } from './build-server.ts';
import { fetchText as fetchFromElsewhere } from './fetch-text.ts';

/** No provider sends as much in one request. */
const largestBodyBytes = 5 * 1024 * 1024;

/**
 * Serves the webhooks of providers at `/api/v1/webhooks/NAME`: bodies of any type are taken byte by byte, since that is
 * what is signed.
 */
export function serveWebhooks(
  app: FastifyInstance,
  { db, clock, settings, fetchText = fetchFromElsewhere }: ServerParts,
): void {
  const context = { db, clock, settings, fetchText, fetchCertificate: fetchedOnce(fetchText) };
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, async (_: FastifyRequest, body: Buffer) => body);
  for (const provider of providers.values()) {
    const url = `/api/v1/webhooks/${provider.name}`;
    app.post(url, { schema: { hide: true }, bodyLimit: largestBodyBytes }, async (request, reply) => {
      const { body, headers, method } = request;
      if (!Buffer.isBuffer(body) || body.length === 0) {
        throw new TouchstoneError('malformed', 'A delivery has a body.');
      }
      const here = settings.publicUrl ?? `${request.protocol}://${request.host}`;
      const sent = { method, url: `${here}${request.url}`, headers: headers as Record<string, string>, body };
      const id = await takeDelivery(provider, sent, context);
      return reply.code(200).send({ success: true, data: { id: id ?? null } });
    });
  }
}
