import { type FieldFault, TouchstoneError } from '../vocabulary/errors.ts';
import type { Minor } from '../vocabulary/money.ts';
import { amountReader } from '../vocabulary/read-amounts.ts';

/**
 * An amount of at least 0 in minor units of its currency.
 * @throws invalid at `path`, for a negative amount or one with more decimals than the currency has
 */
export function readAmount(amount: number | string, currency: string, path: string): Minor {
  const faults: FieldFault[] = [];
  const minor = amountReader(faults).money(path, amount, currency);
  refuseFaults(faults);
  return minor;
}

/** Refuses an input in which faults were found, all of them at once. */
export function refuseFaults(faults: FieldFault[]): void {
  const [first] = faults;
  if (first === undefined) return;
  const message =
    faults.length === 1
      ? `The request is not valid: ${first.path} ${first.message}.`
      : `The request is not valid: ${faults.length} faults, see fields.`;
  throw new TouchstoneError('invalid', message, faults);
}
