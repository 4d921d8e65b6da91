import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { Column } from './column.ts';
import { csvOf, download } from './write-csv.ts';

type CsvButtonProps<Row> = { filename: string; columns: Column<Row>[]; rows: Row[] };

/** All rows of a table, in the order they stand, with the columns that they have. */
export function CsvButton<Row>({ filename, columns, rows }: CsvButtonProps<Row>) {
  return (
    <Button
      variant="subtle"
      size="compact-xs"
      leftSection={<IconDownload size={14} />}
      onClick={() => download(`${filename}.csv`, csvOf(columns, rows))}
    >
      CSV
    </Button>
  );
}
