import { queryOptions, useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { ApiError, ask } from '../api/ask.ts';
import type { Session } from '../api/types/people.ts';

const nobody: Session = {
  user: null,
  permissions: [],
  scope: { kind: 'all', names: [] },
  setup_required: false,
};

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }): Promise<Session> => {
    try {
      return (await ask<Session>('/session', { signal })).data;
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return nobody;
      throw error;
    }
  },
  staleTime: 5 * 60_000,
});

/** Who is signed in; the shell has made sure that somebody is. */
export function useSession(): Session {
  return useSuspenseQuery(sessionQuery).data;
}

/** Whether the one who is signed in may do this; the server asks the same question of every request. */
export function useMay(permission: string): boolean {
  return useSession().permissions.includes(permission);
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ everywhere }: { everywhere: boolean }) =>
      ask(everywhere ? '/sessions' : '/session', { method: 'DELETE' }),
    // A whole new page: nothing of what was seen stays in memory.
    onSuccess: () => {
      client.clear();
      window.location.assign('/sign-in');
    },
  });
}
