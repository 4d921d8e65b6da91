import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { ask } from '../api/ask.ts';
import type { Installation } from '../api/types/operations.ts';

export const installationQuery = queryOptions({
  queryKey: ['installation'],
  queryFn: async ({ signal }) => (await ask<Installation>('/installation', { signal })).data,
  staleTime: 5 * 60_000,
});

/** The zone, currency and models of the installation; loaded before the first page is shown. */
export function useInstallation(): Installation {
  return useSuspenseQuery(installationQuery).data;
}
