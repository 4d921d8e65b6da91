import { keptVersions } from '../attribution/index.ts';
import type { Database } from '../database/index.ts';
import { orderStatuses } from '../orders/index.ts';
import { dayAfter, startOfDay } from '../vocabulary/day.ts';
import { type FieldFault, TouchstoneError } from '../vocabulary/errors.ts';
import { dayField, timestampField } from '../vocabulary/fields.ts';
import type { Settings } from '../vocabulary/settings.ts';
import type { BackfillRequest } from './start-backfill.ts';

type Asked = { from?: string; to?: string; statuses?: string[]; models?: string[]; dry_run: boolean };

/**
 * Reads what a backfill was asked to do. A day means the day of the installation's time zone, `to` the whole of it;
 * a missing bound is open.
 *
 * @throws invalid, naming every fault
 */
export async function readBackfillRequest(
  db: Database,
  asked: Asked,
  { timeZone }: Pick<Settings, 'timeZone'>,
): Promise<BackfillRequest> {
  const faults: FieldFault[] = [];
  const bound = (path: 'from' | 'to') => {
    const text = asked[path];
    if (text === undefined) return null;
    const day = dayField.safeParse(text);
    if (day.success) return startOfDay(path === 'to' ? dayAfter(text) : text, timeZone);
    const instant = timestampField.safeParse(text);
    if (instant.success) return instant.data;
    faults.push({ path, message: 'must be a day such as 2026-03-01, or a timestamp with an offset' });
    return null;
  };
  const from = bound('from');
  const to = bound('to');
  if (from !== null && to !== null && from >= to) faults.push({ path: 'to', message: 'must lie after from' });
  const kept = (await keptVersions(db)).map(({ model }) => model);
  faults.push(
    ...unknown('models', asked.models, kept),
    ...unknown('statuses', asked.statuses, orderStatuses),
  );
  if (faults.length > 0) {
    throw new TouchstoneError('invalid', `${faults[0]!.path} ${faults[0]!.message}.`, faults);
  }
  return { from, to, statuses: asked.statuses, models: asked.models, dry_run: asked.dry_run };
}

function unknown(path: string, named: string[] = [], known: readonly string[]): FieldFault[] {
  return named.flatMap((name, place) =>
    known.includes(name)
      ? []
      : [{ path: `${path}.${place}`, message: `must be one of ${[...new Set(known)].join(', ')}` }],
  );
}
