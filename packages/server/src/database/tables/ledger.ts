import type { Json, Once } from './column-types.ts';

/** What was decided. */
export interface LedgerTables {
  credit_entries: {
    order_id: Once<string>;
    id: Once<string>;
    line_no: Once<number>;
    product_id: Once<string | null>;
    campaign_id: Once<string>;
    model_version_id: Once<string>;
    currency: Once<string>;
    kind: Once<'credit' | 'reversal' | 'refund' | 'correction'>;
    quantity_e4: Once<bigint>;
    revenue_minor: Once<bigint>;
    profit_minor: Once<bigint | null>;
    sale_time: Once<Date>;
    posted_at: Once<Date>;
    matched_count: Once<number>;
    reason: Once<string>;
    run_id: Once<string | null>;
  };
  order_settlements: {
    order_id: string;
    settled_revision: number;
    settled_at: Date | null;
    model_version_ids: string[];
    refund_count: number;
    coverage: Json;
    error: string | null;
    failed_at: Date | null;
  };
  backfills: {
    id: Once<string>;
    from_time: Once<Date | null>;
    to_time: Once<Date | null>;
    statuses: Once<string[] | null>;
    models: Once<string[] | null>;
    fills_version_id: Once<string | null>;
    dry_run: Once<boolean>;
    status: 'queued' | 'running' | 'completed' | 'cancelled' | 'failed';
    position_time: Date | null;
    position_id: string | null;
    orders_total: number | null;
    orders_done: number;
    orders_affected: number;
    entries_posted: number;
    moved: Json;
    proposal: Json;
    error: string | null;
    created_by: Once<string>;
    created_at: Once<Date>;
    started_at: Date | null;
    finished_at: Date | null;
  };
}
