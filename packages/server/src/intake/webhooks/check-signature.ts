import { timingSafeEqual } from 'node:crypto';
import { TouchstoneError } from '../../vocabulary/errors.ts';

/** How far a signed time may lie from ours, either way. */
export const toleranceMs = 5 * 60_000;

/** Compares secrets in a time that tells nothing of where they differ. */
export function isSame(given: string | Buffer, expected: string | Buffer): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** @throws unauthenticated for a time that is none, or lies too far from now */
export function refuseOldTime(signedMs: number, now: Date, within = toleranceMs): void {
  if (Math.abs(now.getTime() - signedMs) <= within) return;
  throw refused('its time lies too far from now');
}

/** A delivery that its provider did not make. What exactly is wrong is the operator's business as well. */
export function refused(why: string): TouchstoneError {
  return new TouchstoneError('unauthenticated', `The delivery is refused: ${why}.`);
}

/** @throws unavailable while the secret of a provider is not configured */
export function secretOf(secret: string | undefined, variable: string): string {
  if (secret !== undefined) return secret;
  throw new TouchstoneError('unavailable', `These webhooks are not set up: set ${variable}.`);
}
