import type { FastifyReply, FastifyRequest } from 'fastify';

export const cookieName = 'touchstone_session';

/** The session's token as the browser sent it. */
export function sessionTokenIn(request: FastifyRequest): string | undefined {
  return request.cookies[cookieName] || undefined;
}

/**
 * Has the browser keep a session, or forget it. No script can read the cookie, no other site's request but a plain
 * link carries it, and over HTTPS it never leaves in the clear.
 */
export function keepSession(
  request: FastifyRequest,
  reply: FastifyReply,
  session: { token: string; expiresAt: Date } | null,
): void {
  reply.header('cache-control', 'no-store');
  reply.setCookie(cookieName, session?.token ?? '', {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: request.protocol === 'https',
    expires: session?.expiresAt ?? new Date(0),
  });
}
