import { Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { EmptyState } from '../elements/EmptyState.tsx';
import { FailedState } from '../elements/FailedState.tsx';
import { LoadingRows } from '../elements/LoadingRows.tsx';
import { CsvButton } from './CsvButton.tsx';
import type { Column } from './column.ts';
import classes from './DataTable.module.css';
import { HeaderCell } from './HeaderCell.tsx';
import { Pager } from './Pager.tsx';
import { useSortedRows } from './use-sorted-rows.ts';
import { type TableState, useTableState } from './use-table-state.ts';

type DataTableProps<Row> = {
  /** What is listed, for those who do not see the heading above. */
  label: string;
  columns: Column<Row>[];
  /** Undefined while they are loading. */
  rows: Row[] | undefined;
  rowId: (row: Row) => string;
  /** The rows below a row, for a tree. */
  childrenOf?: (row: Row) => Row[];
  sort?: TableState['sort'];
  /** Distinguishes the tables of a view in its address. */
  name?: string;
  error?: Error | null;
  onRetry?: () => void;
  empty: ReactNode;
  /** The name of the CSV without its ending; no CSV when absent. */
  csv?: string;
  pageSize?: number;
  /** Stands at the foot, such as a button that loads more. */
  footer?: ReactNode;
  /** A row at the end for what all others come to. */
  total?: Row;
};

/** The one table of the dashboard: sorts, pages, exports, and says when it is empty, loading or failed. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowId, childrenOf, name = '', error, empty, csv, pageSize = 25 } = props;
  const [state, change] = useTableState(name, props.sort);
  const { shown, count, sorted } = useSortedRows({ columns, rows, rowId, childrenOf, state, pageSize });

  if (error != null) return <FailedState error={error} onRetry={props.onRetry} />;
  if (rows === undefined) return <LoadingRows label={label} />;
  if (rows.length === 0) return typeof empty === 'string' ? <EmptyState title={empty} /> : empty;
  return (
    <div>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot scroll */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <div className={classes.frame} role="group" aria-label={label} tabIndex={0}>
        <table className={classes.table}>
          <thead>
            <tr>
              {columns.map((column) => (
                <HeaderCell key={column.id} column={column} sort={state.sort} onSort={change} />
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map(({ id, row, depth }) => (
              <TableRow key={id} row={row} depth={depth} columns={columns} />
            ))}
          </tbody>
          {props.total !== undefined && (
            <tfoot>
              <TableRow row={props.total} depth={0} columns={columns} />
            </tfoot>
          )}
        </table>
      </div>
      <Group justify="space-between" mt="xs" gap="xs" className="no-print">
        <Pager page={state.page} pageSize={pageSize} count={count} onPage={(page) => change({ page })} />
        <Group gap="xs">
          {props.footer}
          {csv !== undefined && <CsvButton filename={csv} columns={columns} rows={sorted} />}
        </Group>
      </Group>
    </div>
  );
}

function TableRow<Row>({ row, depth, columns }: { row: Row; depth: number; columns: Column<Row>[] }) {
  return (
    <tr>
      {columns.map((column, place) => {
        const shown = column.cell?.(row) ?? column.value(row) ?? '–';
        const className = cellClass(column);
        return place === 0 ? (
          <th
            key={column.id}
            scope="row"
            className={className}
            style={depth === 0 ? undefined : { paddingInlineStart: `${0.6 + depth * 1.25}rem` }}
          >
            {shown}
          </th>
        ) : (
          <td key={column.id} className={className}>
            {shown}
          </td>
        );
      })}
    </tr>
  );
}

function cellClass<Row>({ numeric, wide }: Column<Row>): string {
  return [numeric ? classes.numeric : '', wide ? classes.wide : ''].join(' ').trim();
}
