import type { IncomingMessage } from 'node:http';
import proxyAddr from '@fastify/proxy-addr';
import { remembering } from '../vocabulary/remember.ts';

/**
 * Makes the reader of whose address a request comes from, as the framework's own `request.ip`: of the connection, or
 * where that is of a trusted proxy, the last one in X-Forwarded-For that is of none.
 */
export function addressReader(trustedProxies: string[]): (request: IncomingMessage) => string {
  const ofConnection = ({ socket }: IncomingMessage) => socket.remoteAddress ?? '';
  if (trustedProxies.length === 0) return ofConnection;
  const isTrusted = proxyAddr.compile(trustedProxies);
  const isTrustedHop = remembering((hop: string) => isTrusted(hop, 0));
  return (request) => {
    if (request.headers['x-forwarded-for'] === undefined) return ofConnection(request);
    return proxyAddr.all(request, isTrustedHop).at(-1) ?? ofConnection(request);
  };
}
