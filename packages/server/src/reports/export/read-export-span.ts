import { z } from 'zod';
import { TouchstoneError } from '../../vocabulary/errors.ts';
import { strictReader } from '../../vocabulary/read-strictly.ts';
import { reportQuery } from '../ask/report-query.ts';
import { resolveRange } from '../ask/resolve-range.ts';
import type { ExportSpan } from './exporter.ts';

const read = strictReader(z.object({ from: reportQuery.shape.from, to: reportQuery.shape.to }));

/**
 * The span that two bounds mean, each a day of the time zone or a timestamp with an offset; a day as the end is included.
 *
 * @throws invalid
 */
export function readExportSpan(bounds: { from?: string; to?: string }, timeZone: string): ExportSpan {
  const { data, faults } = read(bounds);
  if (faults !== undefined) {
    throw new TouchstoneError('invalid', 'The range cannot be read.', faults);
  }
  return resolveRange(data.from, data.to, timeZone);
}
