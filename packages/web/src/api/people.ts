import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { ask } from './ask.ts';
import type {
  ApiKey,
  AuditEntry,
  NewApiKey,
  NewUser,
  SignedInPlace,
  User,
  UserInput,
} from './types/people.ts';

export const usersQuery = queryOptions({
  queryKey: ['users'],
  queryFn: async ({ signal }) => (await ask<User[]>('/users', { signal })).data,
});

export async function createUser(body: UserInput): Promise<NewUser> {
  return (await ask<NewUser>('/users', { method: 'POST', body })).data;
}

export async function updateUser(id: string, body: UserInput): Promise<User> {
  return (await ask<User>(`/users/${id}`, { method: 'PATCH', body })).data;
}

export const keysQuery = queryOptions({
  queryKey: ['keys'],
  queryFn: async ({ signal }) => (await ask<ApiKey[]>('/api-keys', { signal })).data,
});

export async function createKey(body: {
  name: string;
  role?: string;
  permissions?: string[];
}): Promise<NewApiKey> {
  return (await ask<NewApiKey>('/api-keys', { method: 'POST', body })).data;
}

export async function revokeKey(id: string): Promise<ApiKey> {
  return (await ask<ApiKey>(`/api-keys/${id}`, { method: 'DELETE' })).data;
}

export type AuditFilter = { actor?: string; subject_kind?: string; action?: string };

export function auditQuery(filter: AuditFilter) {
  return infiniteQueryOptions({
    queryKey: ['audit', filter],
    queryFn: async ({ pageParam, signal }) =>
      ask<AuditEntry[], { next_cursor: string | null }>('/audit', {
        query: { ...filter, limit: 200, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ meta }) => meta.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}

export const placesQuery = queryOptions({
  queryKey: ['places'],
  queryFn: async ({ signal }) => (await ask<SignedInPlace[]>('/sessions', { signal })).data,
});

export async function changePassword(body: {
  current_password: string;
  new_password: string;
}): Promise<void> {
  await ask('/session/password', { method: 'PATCH', body });
}

export async function signOutOf(id: string): Promise<void> {
  await ask(`/sessions/${id}`, { method: 'DELETE' });
}
