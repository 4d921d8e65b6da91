import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import proxyAddr from '@fastify/proxy-addr';
import { remembering } from '../vocabulary/remember.ts';

/**
 * Makes the reader of whose address a request comes from, as the framework's own `request.ip`: of the connection, or
 * where that is of a trusted proxy, the last one in X-Forwarded-For that is of none.
 */
export function addressReader(trustedProxies: string[]): (request: Addressed) => string {
  const ofConnection = ({ socket }: Addressed) => socket.remoteAddress ?? '';
  if (trustedProxies.length === 0) return ofConnection;
  const isTrusted = proxyAddr.compile(trustedProxies);
  const isTrustedHop = remembering((hop: string) => isTrusted(hop, 0));
  return (request) => {
    if (request.headers['x-forwarded-for'] === undefined) return ofConnection(request);
    return proxyAddr.all(request as IncomingMessage, isTrustedHop).at(-1) ?? ofConnection(request);
  };
}

/** What of a request tells the address. */
type Addressed = { socket: Pick<Socket, 'remoteAddress'>; headers: IncomingHttpHeaders };
