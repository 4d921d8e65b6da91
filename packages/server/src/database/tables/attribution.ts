import type { ColumnType } from 'kysely';
import type { Once } from './column-types.ts';

/** How credit is decided. */
export interface AttributionTables {
  attribution_models: {
    id: Once<string>;
    model: Once<string>;
    version: Once<number>;
    parameters: ColumnType<unknown, string, never>;
    countable_statuses: Once<string[]>;
    status: 'filling' | 'published' | 'retired';
    created_by: Once<string>;
    created_at: Once<Date>;
    published_at: Date | null;
  };
  model_runs: {
    id: Once<string>;
    model: Once<string>;
    chain_order: Once<number | null>;
    from_time: Once<Date | null>;
    to_time: Once<Date | null>;
    parameters: ColumnType<unknown, string, never>;
    countable_statuses: Once<string[]>;
    status: 'queued' | 'running' | 'completed' | 'failed';
    percent: number;
    conversions: number | null;
    lapses: number | null;
    states: number | null;
    effects: ColumnType<unknown, string | null | undefined, string | null>;
    transitions: ColumnType<unknown, string | null | undefined, string | null>;
    version_id: string | null;
    error: string | null;
    created_by: Once<string>;
    created_at: Once<Date>;
    started_at: Date | null;
    finished_at: Date | null;
  };
  order_touches: {
    order_id: Once<string>;
    position: Once<number>;
    touch_id: Once<string>;
    kind: Once<'visit' | 'email_click' | 'email_open'>;
    campaign_id: Once<string | null>;
    channel: Once<string>;
    session_id: Once<string | null>;
    touched_at: Once<Date>;
    last_activity_at: Once<Date>;
  };
}
