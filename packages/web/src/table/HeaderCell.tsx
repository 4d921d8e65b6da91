import { Tooltip } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { Column } from './column.ts';
import classes from './DataTable.module.css';
import type { TableState } from './use-table-state.ts';

type HeaderCellProps<Row> = {
  column: Column<Row>;
  sort: TableState['sort'];
  onSort: (change: Partial<TableState>) => void;
};

/** A header that sorts by its column: numbers from the highest, text from A; once more turns it round. */
export function HeaderCell<Row>({ column, sort, onSort }: HeaderCellProps<Row>) {
  const active = sort?.id === column.id;
  const direction = active ? (sort.desc ? 'descending' : 'ascending') : 'none';
  const className = [column.numeric ? classes.numeric : '', column.wide ? classes.wide : ''].join(' ').trim();
  if (column.sorts === false) {
    return (
      <th scope="col" className={className}>
        {column.header}
      </th>
    );
  }
  const desc = active ? !sort.desc : (column.numeric ?? false);
  const Arrow = sort?.desc ? IconArrowDown : IconArrowUp;
  return (
    <th scope="col" className={className} aria-sort={direction}>
      <Tooltip
        label={column.definition}
        disabled={column.definition === undefined}
        multiline
        maw={280}
        events={{ hover: true, focus: true, touch: false }}
      >
        <button
          type="button"
          className={classes.sorter}
          data-active={active || undefined}
          onClick={() => onSort({ sort: { id: column.id, desc } })}
        >
          {column.header}
          {active && <Arrow size={12} aria-hidden />}
        </button>
      </Tooltip>
    </th>
  );
}
