import type { FastifyRequest } from 'fastify';
import { TouchstoneError } from '../vocabulary/errors.ts';

/**
 * Refuses a change that the browser was led to by a page of another site, since a cookie goes with it whoever asks.
 * The header cannot be set across sites without our leave; where the browser says where the request comes from, it
 * must come from here.
 *
 * @throws forbidden
 */
export function refuseForeignPages(request: FastifyRequest): void {
  if (safe.has(request.method)) return;
  if (request.headers['x-requested-with'] !== 'touchstone') {
    throw new TouchstoneError(
      'forbidden',
      'A change by session needs the header "X-Requested-With: touchstone", or send an API key instead.',
    );
  }
  if (!isFromHere(request)) {
    throw new TouchstoneError('forbidden', 'A change by session must come from a page of this server.');
  }
}

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

function isFromHere({ headers, host }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const { origin } = headers;
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  // A proxy may end TLS, so the scheme is the page's on both sides.
  const from = new URL(origin);
  const here = `${from.protocol}//${host}`;
  return URL.canParse(here) && new URL(here).host === from.host;
}
