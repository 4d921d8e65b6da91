import { queryOptions } from '@tanstack/react-query';
import { ask } from './ask.ts';
import type { Backfill, BackfillInput, Job, QueueState, Verification } from './types/operations.ts';

export function backfillsQuery() {
  return queryOptions({
    queryKey: ['backfills'],
    queryFn: async ({ signal }) =>
      (await ask<Backfill[]>('/admin/backfills', { query: { limit: 100 }, signal })).data,
    refetchInterval: ({ state }) => (state.data?.some(isUnderWay) ? 2000 : false),
  });
}

export function backfillQuery(id: string) {
  return queryOptions({
    queryKey: ['backfills', id],
    queryFn: async ({ signal }) => (await ask<Backfill>(`/admin/backfills/${id}`, { signal })).data,
    refetchInterval: ({ state }) => (state.data === undefined || isUnderWay(state.data) ? 700 : false),
  });
}

export function isUnderWay({ status }: Backfill): boolean {
  return status === 'queued' || status === 'running';
}

export async function startBackfill(body: BackfillInput): Promise<Backfill> {
  return (await ask<Backfill>('/admin/backfills', { method: 'POST', body })).data;
}

export async function cancelBackfill(id: string): Promise<Backfill> {
  return (await ask<Backfill>(`/admin/backfills/${id}`, { method: 'DELETE' })).data;
}

export function queueQuery() {
  return queryOptions({
    queryKey: ['jobs', 'queue'],
    queryFn: async ({ signal }) => (await ask<QueueState>('/admin/queue', { signal })).data,
    refetchInterval: 5000,
  });
}

export function jobsQuery(status: string | undefined) {
  return queryOptions({
    queryKey: ['jobs', 'list', status],
    queryFn: async ({ signal }) =>
      (await ask<Job[]>('/admin/jobs', { query: { status, limit: 200 }, signal })).data,
    refetchInterval: 5000,
  });
}

export async function retryJob(id: string): Promise<Job> {
  return (await ask<Job>(`/admin/jobs/${id}/retry`, { method: 'POST', body: {} })).data;
}

export async function verifyAll(): Promise<Verification> {
  return (await ask<Verification>('/admin/verify', { method: 'POST' })).data;
}
