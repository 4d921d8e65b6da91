import type { Instant } from './campaign.ts';

export type BackfillStatus = 'queued' | 'running' | 'completed' | 'cancelled' | 'failed';

export type Backfill = {
  id: string;
  from: Instant | null;
  to: Instant | null;
  statuses: string[] | null;
  models: string[] | null;
  dry_run: boolean;
  status: BackfillStatus;
  orders_total: number | null;
  orders_done: number;
  orders_affected: number;
  entries_posted: number;
  moved: {
    model: string;
    currency: string;
    amount: number;
    campaigns: { campaign_id: string; name: string; before: number; after: number; change: number }[];
  }[];
  error: string | null;
  created_by: string;
  created_at: Instant;
  started_at: Instant | null;
  finished_at: Instant | null;
};

export type BackfillInput = {
  from?: string;
  to?: string;
  statuses?: string[];
  models?: string[];
  dry_run: boolean;
};

export type QueueState = {
  waiting: number;
  running: number;
  retrying: number;
  failed: number;
  lag_seconds: number;
};

export type Job = {
  id: string;
  task: string;
  status: 'waiting' | 'running' | 'retrying' | 'failed';
  attempts: number;
  max_attempts: number;
  run_at: Instant;
  created_at: Instant;
  last_error: string | null;
  payload: unknown;
};

export type Verification = {
  orders_checked: number;
  rollup_rows_checked: number;
  pending: number;
  difference_count: number;
  differences: ({ kind: string } & Record<string, unknown>)[];
};

export type Installation = {
  time_zone: string;
  currency: string;
  attribution_enabled: boolean;
  countable_statuses: string[];
  models: { model: string; version: number; status: string; additive: boolean }[];
  /** By its variables, without secrets; empty for those who do not run the installation. */
  settings: { name: string; value: string }[];
};
