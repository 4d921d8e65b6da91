import type { ColumnType } from 'kysely';
import type { Json, Once } from './column-types.ts';

/** What came in from elsewhere, and has been answered. */
export interface IntakeTables {
  imports: {
    id: Once<string>;
    kind: Once<'products' | 'customers' | 'orders' | 'spend' | 'visits' | 'sends' | 'conversions'>;
    fingerprint: Once<Buffer>;
    files: ColumnType<unknown, string, never>;
    mapping: Once<string | null>;
    status: 'running' | 'stopped' | 'failed' | 'completed';
    rows_total: Once<number>;
    position: number;
    created: number;
    updated: number;
    unchanged: number;
    ignored_older: number;
    rejected: number;
    error: string | null;
    created_by: Once<string>;
    created_at: Once<Date>;
    changed_at: Date;
    finished_at: Date | null;
  };
  import_rejections: {
    import_id: Once<string>;
    position: Once<number>;
    fault_no: Once<number>;
    file: Once<string>;
    line: Once<number>;
    field: Once<string | null>;
    column_name: Once<string | null>;
    reason: Once<string>;
    row: ColumnType<unknown, string, never>;
  };
  webhook_deliveries: {
    id: Once<string>;
    provider: Once<string>;
    received_at: Once<Date>;
    body: Once<Buffer>;
    status: 'waiting' | 'processed' | 'failed';
    attempts: number;
    events: number;
    recorded: number;
    unchanged: number;
    ignored: number;
    faults: ColumnType<unknown, string, string>;
    error: string | null;
    processed_at: Date | null;
  };
  hubspot_properties: {
    portal_id: Once<bigint>;
    deal_id: Once<bigint>;
    property: Once<string>;
    value: string | null;
    occurred_at: Date;
    event_id: bigint;
  };
  idempotency_keys: {
    actor: string;
    path: string;
    key: string;
    request_hash: Buffer;
    status: number | null;
    reply: Json;
    created_at: Date;
  };
}
