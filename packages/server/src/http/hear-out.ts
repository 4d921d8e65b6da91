import type { FastifyReply, FastifyRequest } from 'fastify';

// Who sends more than this after the refusal does not listen.
const mostBytes = 200 * 1024 * 1024;

/**
 * Reads the rest of a body that is refused for its size, and drops it. With the connection closed at once, its sender
 * sees it break while sending, and often never the answer.
 */
export function hearOut({ raw }: FastifyRequest, reply: FastifyReply): void {
  reply.removeHeader('connection');
  let left = mostBytes;
  raw.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) raw.destroy();
  });
}
