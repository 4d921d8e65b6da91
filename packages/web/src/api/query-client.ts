import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from './ask.ts';

export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    // Signed out elsewhere or by time: asking who we are again leads to the sign-in page.
    onError(error) {
      if (error instanceof ApiError && error.status === 401) {
        void queryClient.invalidateQueries({ queryKey: ['session'] });
      }
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      gcTime: 10 * 60_000,
      // A refusal is an answer; only what did not arrive is asked for again.
      retry: (failures, error) => failures < 2 && (!(error instanceof ApiError) || isPassing(error)),
    },
  },
});

function isPassing({ status }: ApiError): boolean {
  return status === 0 || status === 429 || status === 503;
}
