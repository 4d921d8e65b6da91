import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { temporaryFiles } from '../../../../test/temporary-files.ts';
import { inspectFile } from './inspect-file.ts';
import { readRows } from './read-rows.ts';

const file = await temporaryFiles();

setFlagsFromString('--expose_gc');
const collectGarbage = runInNewContext('gc') as () => void;

it.each(['csv', 'ndjson'])('a %s of 20 MB is read in flat memory, to its last row', async (format) => {
  const cell = 'x'.repeat(4_000);
  const rows = Array.from({ length: 5_000 }, (_, number) =>
    format === 'csv' ? `${number},${cell}` : JSON.stringify({ number, cell }),
  );
  const path = await file(
    `long.${format}`,
    [...(format === 'csv' ? ['number,cell'] : []), ...rows].join('\n'),
  );
  rows.length = 0;
  collectGarbage();
  const before = process.memoryUsage().heapUsed;

  const inspected = await inspectFile(path);
  let read = 0;
  let most = 0;
  for await (const { row } of readRows([inspected])) {
    read += 1;
    expect(Number(row.number)).toBe(read - 1);
    if (read % 1_000 !== 0) continue;
    collectGarbage();
    most = Math.max(most, process.memoryUsage().heapUsed - before);
  }
  expect(read).toBe(5_000);
  expect(inspected.rows).toBe(5_000);
  expect(most).toBeLessThan(8 * 1024 * 1024);
});
