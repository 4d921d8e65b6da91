import {
  createExpandedRowModel,
  createPaginatedRowModel,
  createSortedRowModel,
  rowExpandingFeature,
  rowPaginationFeature,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useMemo } from 'react';
import { locale } from '../format/locale.ts';
import type { CellValue, Column } from './column.ts';
import type { TableState } from './use-table-state.ts';

const features = tableFeatures({
  rowSortingFeature,
  rowExpandingFeature,
  rowPaginationFeature,
  sortedRowModel: createSortedRowModel(),
  expandedRowModel: createExpandedRowModel(),
  paginatedRowModel: createPaginatedRowModel(),
});

type Asked<Row> = {
  columns: Column<Row>[];
  rows: Row[] | undefined;
  rowId: (row: Row) => string;
  childrenOf?: (row: Row) => Row[];
  state: TableState;
  pageSize: number;
};

/** The rows of the page that is asked for, all of them in order, and how many there are. */
export function useSortedRows<Row>({ columns, rows, rowId, childrenOf, state, pageSize }: Asked<Row>) {
  const data = useMemo(() => (rows ?? []) as object[] as (Row & object)[], [rows]);
  const definitions = useMemo(
    () =>
      columns.map((column) => ({
        id: column.id,
        accessorFn: (row: Row) => column.value(row) ?? undefined,
        sortUndefined: 'last' as const,
        sortFn: byValue,
      })),
    [columns],
  );
  const count = useMemo(() => countAll(rows ?? [], childrenOf), [rows, childrenOf]);
  const known = state.sort !== undefined && columns.some(({ id }) => id === state.sort?.id);
  const lastPage = Math.max(0, Math.ceil(count / pageSize) - 1);
  const table = useTable({
    features,
    data,
    columns: definitions,
    getRowId: (row: Row & object) => rowId(row),
    getSubRows: childrenOf as ((row: Row & object) => (Row & object)[]) | undefined,
    state: {
      sorting: known ? [state.sort!] : [],
      pagination: { pageIndex: Math.min(state.page, lastPage), pageSize },
      expanded: true,
    },
    paginateExpandedRows: true,
  });
  return {
    count,
    shown: table
      .getRowModel()
      .rows.map((row) => ({ id: row.id, row: row.original as Row, depth: row.depth })),
    sorted: table.getExpandedRowModel().rows.map((row) => row.original as Row),
  };
}

type Comparable = { getValue: (column: string) => unknown };

function byValue(a: Comparable, b: Comparable, column: string): number {
  return compare(a.getValue(column) as CellValue, b.getValue(column) as CellValue);
}

const words = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });

function compare(a: CellValue, b: CellValue): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return words.compare(String(a ?? ''), String(b ?? ''));
}

function countAll<Row>(rows: Row[], childrenOf: ((row: Row) => Row[]) | undefined): number {
  if (childrenOf === undefined) return rows.length;
  return rows.reduce((sum, row) => sum + 1 + countAll(childrenOf(row), childrenOf), 0);
}
