import type { Database } from '../../database/index.ts';
import { dayOf } from '../../vocabulary/day.ts';
import { currencyDecimals } from '../../vocabulary/money.ts';
import type { Exporter, ExportRow, ExportSpan, Key } from './exporter.ts';
import { audit } from './kinds/audit.ts';
import { campaigns } from './kinds/campaigns.ts';
import { credits } from './kinds/credits.ts';
import { customers } from './kinds/customers.ts';
import { orderLines } from './kinds/order-lines.ts';
import { orders } from './kinds/orders.ts';
import { products } from './kinds/products.ts';
import { refunds } from './kinds/refunds.ts';
import { snapshots } from './kinds/snapshots.ts';
import { spend } from './kinds/spend.ts';
import { targets } from './kinds/targets.ts';

export const exportKinds = [
  ...(['orders', 'order_lines', 'refunds', 'credits', 'products', 'customers'] as const),
  ...(['campaigns', 'targets', 'spend', 'audit'] as const),
  ...(['hourly_snapshots', 'daily_snapshots'] as const),
] as const;
export type ExportKind = (typeof exportKinds)[number];

export type ExportRequest = { kind: ExportKind; format: 'csv' | 'ndjson'; span: ExportSpan };

/** Rows as they are to be written: of CSV, the cells of `columns`. */
export type ExportPage = { columns: string[]; rows: ExportRow[] };

const pageSize = 1_000;

/**
 * Everything of a kind, as of one moment, a page at a time in flat memory. The first page always comes, so that a file
 * without rows has its header.
 */
export async function* exportRows(
  db: Database,
  { kind, format, span }: ExportRequest,
  { timeZone, now }: { timeZone: string; now: Date },
): AsyncGenerator<ExportPage> {
  const exporter = exporterOf(kind, timeZone, now);
  const shape = format === 'csv' ? csvRow : ndjsonRow;
  const snapshot = await db
    .startTransaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute();
  try {
    let after: Key | undefined;
    do {
      const { rows, last } = await exporter.read(snapshot, span, after, pageSize);
      yield { columns: exporter.columns, rows: rows.map((row) => shape(row, exporter)) };
      after = last;
    } while (after !== undefined);
  } finally {
    await snapshot.rollback().execute();
  }
}

function exporterOf(kind: ExportKind, timeZone: string, now: Date): Exporter {
  const daysOf = ({ from, to }: ExportSpan) => ({
    from: from && dayOf(from, timeZone),
    // The last day that begins before the end.
    to: to && dayOf(new Date(to.getTime() - 1), timeZone),
  });
  const exporters: Record<ExportKind, Exporter> = {
    ...{ orders, order_lines: orderLines, refunds, credits, products, customers, targets, audit },
    campaigns: campaigns(now),
    spend: spend(daysOf),
    hourly_snapshots: snapshots('hour', timeZone),
    daily_snapshots: snapshots('day', timeZone),
  };
  return exporters[kind];
}

function ndjsonRow(row: ExportRow, { onlyInCsv = [] }: Exporter): ExportRow {
  return Object.fromEntries(Object.entries(row).filter(([column]) => !onlyInCsv.includes(column)));
}

// Money with all decimals of its currency, as people expect it in a column.
function csvRow(row: ExportRow, { columns, amounts }: Exporter): ExportRow {
  const decimals = currencyDecimals(String(row.currency)) ?? 2;
  return Object.fromEntries(
    columns.map((column) => {
      const value = valueAt(row, column);
      return [
        column,
        amounts.includes(column) && typeof value === 'number' ? value.toFixed(decimals) : value,
      ];
    }),
  );
}

function valueAt(row: ExportRow, path: string): unknown {
  return path.split('.').reduce<unknown>((inside, key) => (inside as ExportRow | null)?.[key], row) ?? null;
}
