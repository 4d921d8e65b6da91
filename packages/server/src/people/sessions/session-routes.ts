import { z } from 'zod';
import type { Database } from '../../database/index.ts';
import { notFound } from '../../vocabulary/errors.ts';
import { textField } from '../../vocabulary/fields.ts';
import type { Actor } from '../../vocabulary/permission.ts';
import { type Route, route } from '../../vocabulary/route.ts';
import { roles } from '../permissions.ts';
import { changePassword } from '../users/change-password.ts';
import { isSetupRequired, readUser } from '../users/read-users.ts';
import { setUp } from '../users/set-up.ts';
import { emailField } from '../users/user.ts';
import { actorOfUser } from './actor-of-user.ts';
import { endSession, endSessions } from './end-sessions.ts';
import { readSessions } from './read-sessions.ts';
import { signIn } from './sign-in.ts';

const stateShape = z.object({
  user: z
    .object({ id: z.uuid(), email: z.string(), name: z.string(), role: z.enum(roles) })
    .nullable()
    .meta({ description: 'Who is signed in; null for nobody, and for an API key' }),
  permissions: z.array(z.string()),
  scope: z.object({ kind: z.enum(['all', 'owner', 'retailer']), names: z.array(z.string()) }).meta({
    description:
      'Whose facts are seen: all, those of campaigns of these owners, or of orders of these retailers',
  }),
  setup_required: z.boolean().meta({ description: 'There is no user yet: POST /setup makes the first' }),
});

const sessionShape = z.object({
  id: z.uuid(),
  is_current: z.boolean(),
  address: z.string().nullable(),
  user_agent: z.string().nullable(),
  created_at: z.iso.datetime(),
  last_seen_at: z.iso.datetime(),
  expires_at: z.iso.datetime(),
});

// Longer than any password may be, so that the verb can say how long it is.
const passwordField = z.string().min(1).max(1_000);

export const sessionRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/session',
    permission: 'public',
    tag: 'Sign-in',
    summary: 'Tell who is asking and what they may do',
    data: stateShape,
    handle: async (_, { db, actor }) => ({ data: await stateOf(db, actor) }),
  }),
  route({
    method: 'POST',
    path: '/session',
    permission: 'public',
    ownPagesOnly: true,
    tag: 'Sign-in',
    summary: 'Sign in by email and password; the answer sets a cookie',
    secret: true,
    statuses: [201],
    body: z.object({ email: emailField, password: passwordField }),
    data: stateShape,
    handle: async ({ body }, context) => {
      const session = await signIn(context.db, context, body);
      // The browser forgets the one before, so nobody could end it any more.
      const before = context.actor.session;
      if (before !== undefined) await endSession(context.db, context, before);
      return signedIn(context.db, session);
    },
  }),
  route({
    method: 'DELETE',
    path: '/session',
    permission: 'public',
    ownPagesOnly: true,
    tag: 'Sign-in',
    summary: 'Sign out here',
    data: z.null(),
    handle: async (_, context) => {
      const { session } = context.actor;
      if (session !== undefined) await endSession(context.db, context, session);
      return { data: null, session: null };
    },
  }),
  route({
    method: 'PATCH',
    path: '/session/password',
    permission: 'signed_in',
    tag: 'Sign-in',
    summary: 'Change your own password; every other session ends',
    body: z.object({ current_password: passwordField, new_password: passwordField }),
    data: stateShape,
    handle: async ({ body }, context) => {
      const { user_id } = own(context.actor);
      const session = await changePassword(context.db, context, user_id, body);
      return signedIn(context.db, { ...session, user_id }, 200);
    },
  }),
  route({
    method: 'GET',
    path: '/sessions',
    permission: 'signed_in',
    tag: 'Sign-in',
    summary: 'List where you are signed in, the last used first',
    data: z.array(sessionShape),
    handle: async (_, { db, actor, clock }) => {
      const { id, user_id } = own(actor);
      const sessions = await readSessions(db, user_id, clock.now());
      return { data: sessions.map((session) => ({ ...session, is_current: session.id === id })) };
    },
  }),
  route({
    method: 'DELETE',
    path: '/sessions',
    permission: 'signed_in',
    tag: 'Sign-in',
    summary: 'Sign out everywhere',
    data: z.object({ ended: z.number() }),
    handle: async (_, context) => {
      const ended = await endSessions(context.db, context, own(context.actor).user_id);
      return { data: { ended }, session: null };
    },
  }),
  route({
    method: 'DELETE',
    path: '/sessions/:id',
    permission: 'signed_in',
    tag: 'Sign-in',
    summary: 'Sign out in one place',
    params: z.object({ id: z.uuid() }),
    data: z.null(),
    handle: async ({ params }, context) => {
      const { id, user_id } = own(context.actor);
      const ended = await endSession(context.db, context, { id: params.id, user_id });
      if (!ended) throw notFound('session', params.id);
      return { data: null, ...(params.id === id && { session: null }) };
    },
  }),
  route({
    method: 'POST',
    path: '/setup',
    permission: 'public',
    ownPagesOnly: true,
    tag: 'Sign-in',
    summary: 'Make the first user, an admin, and sign in; possible while there is no user',
    secret: true,
    statuses: [201],
    body: z.object({ email: emailField, name: textField(100), password: passwordField }),
    data: stateShape,
    handle: async ({ body }, context) => signedIn(context.db, await setUp(context.db, context, body)),
  }),
];

async function stateOf(db: Database, actor: Actor) {
  const { session, permissions, scope } = actor;
  const user = session === undefined ? undefined : await readUser(db, session.user_id);
  return {
    user: user === undefined ? null : { id: user.id, email: user.email, name: user.name, role: user.role },
    permissions: [...permissions],
    scope: { kind: scope.kind, names: namesIn(scope) },
    setup_required: user === undefined && (await isSetupRequired(db)),
  };
}

async function signedIn(
  db: Database,
  session: { id: string; user_id: string; token: string; expiresAt: Date },
  status: 200 | 201 = 201,
) {
  const actor = actorOfUser(await readUser(db, session.user_id), session);
  return { status, data: await stateOf(db, actor), session };
}

function own({ session }: Actor): { id: string; user_id: string } {
  if (session === undefined)
    throw new Error('A route for people who are signed in was asked without a session.');
  return session;
}

function namesIn(scope: Actor['scope']): string[] {
  switch (scope.kind) {
    case 'all':
      return [];
    case 'owner':
      return scope.owners;
    case 'retailer':
      return scope.retailers;
  }
}
