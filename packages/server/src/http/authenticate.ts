import { timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Database } from '../database/index.ts';
import { authenticateKey, authenticateSession, hashKey, permissionsOf } from '../people/index.ts';
import type { Clock } from '../vocabulary/clock.ts';
import { TouchstoneError } from '../vocabulary/errors.ts';
import { type Actor, everything, type Scope } from '../vocabulary/permission.ts';
import type { Route } from '../vocabulary/route.ts';
import type { Settings } from '../vocabulary/settings.ts';
import { sessionTokenIn } from './session-cookie.ts';

/** Who is asking, and until when their session lasts when that has moved. */
export type Caller = { actor: Actor; renewedUntil?: Date };

/**
 * Makes the reader of who is asking: the holder of the key in `Authorization: Bearer` or `X-API-Key`, or without a key
 * the person whose session the cookie is. A key that is wrong is not made good by a cookie.
 */
export function authenticator(
  db: Database,
  clock: Clock,
  settings: Settings,
): (request: FastifyRequest) => Promise<Caller | undefined> {
  const adminHash = settings.adminKey === undefined ? undefined : hashKey(settings.adminKey);
  const admin: Actor = { name: 'key:admin', permissions: permissionsOf('admin'), scope: everything };
  return async (request) => {
    const key = keyIn(request);
    if (key === undefined) {
      const token = sessionTokenIn(request);
      return token === undefined ? undefined : authenticateSession(db, token, clock.now());
    }
    // Hashes have one length, and comparing them in constant time tells nothing of the key.
    if (adminHash !== undefined && timingSafeEqual(hashKey(key), adminHash)) return { actor: admin };
    const actor = await authenticateKey(db, key, clock.now());
    return actor && { actor };
  };
}

/** @throws unauthenticated without a valid key or session, forbidden when its holder may not do this */
export function authorise(
  actor: Actor | undefined,
  { permission, narrowedFor }: Pick<Route, 'permission' | 'narrowedFor'>,
): Actor {
  if (permission === 'public') return actor ?? nobody;
  if (actor === undefined) {
    throw new TouchstoneError(
      'unauthenticated',
      'Sign in, or send a valid API key as "Authorization: Bearer KEY" or "X-API-Key: KEY".',
    );
  }
  if (permission === 'known') return actor;
  if (permission === 'signed_in') {
    if (actor.session !== undefined) return actor;
    throw new TouchstoneError('forbidden', 'This is for people who are signed in; a key has no session.');
  }
  if (!actor.permissions.has(permission)) {
    const who = actor.session === undefined ? 'This key' : 'Your role';
    throw new TouchstoneError('forbidden', `${who} lacks the permission ${permission}.`);
  }
  if (!isOpenTo(actor.scope, narrowedFor)) {
    throw new TouchstoneError('forbidden', 'This is about the whole shop; you see only what is your own.');
  }
  return actor;
}

function isOpenTo({ kind }: Scope, narrowedFor: Route['narrowedFor'] = []): boolean {
  return kind === 'all' || narrowedFor.includes(kind);
}

/** Who asks where nobody has to be known. */
export const nobody: Actor = { name: 'nobody', permissions: new Set(), scope: { kind: 'owner', owners: [] } };

export function keyIn(request: FastifyRequest): string | undefined {
  const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const header = request.headers['x-api-key'];
  return bearer ?? (typeof header === 'string' && header !== '' ? header : undefined);
}
