import { pastPriority } from '../../database/index.ts';
import type { RecordContext } from './record-context.ts';

/**
 * How many facts of sessions a transaction takes. Live ones wait for its locks, so the past is taken in small pieces,
 * of 100 ms on a busy machine; what happens now comes together, and is answered together.
 */
export function rowsAtOnce({ priority }: Pick<RecordContext, 'priority'>): number {
  return priority >= pastPriority ? 200 : 1000;
}
