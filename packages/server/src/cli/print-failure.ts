import { type ErrorCode, TouchstoneError } from '../vocabulary/errors.ts';
import type { Terminal } from './terminal.ts';

/** How the process ends: 0 is success, 1 that a check found something. */
export const exitCodes: Record<ErrorCode, number> = {
  malformed: 2,
  invalid: 2,
  too_large: 2,
  configuration: 3,
  unauthenticated: 4,
  forbidden: 4,
  not_found: 5,
  conflict: 6,
  rate_limited: 7,
  unavailable: 7,
  internal: 70,
};

export const wrongUsage = 2;

/** Says what went wrong, as sentences or as JSON, and returns the exit code. */
export function printFailure(terminal: Terminal, error: unknown, json: boolean): number {
  const failure = error instanceof TouchstoneError ? error : unforeseen(error);
  const { code, message, fields } = failure;
  if (json) {
    terminal.err(JSON.stringify({ error: { code, message, fields } }));
  } else {
    terminal.err(message);
    // The message of a single fault says it already.
    const unsaid = fields.filter((fault) => !message.includes(fault.message));
    for (const fault of unsaid) terminal.err(`  ${fault.path}: ${fault.message}`);
  }
  if (code === 'internal' && terminal.environment.TOUCHSTONE_LOG_LEVEL === 'debug') {
    terminal.err(error instanceof Error ? (error.stack ?? '') : '');
  }
  return exitCodes[code];
}

function unforeseen(error: unknown): TouchstoneError {
  const reason = error instanceof Error ? error.message : String(error);
  return new TouchstoneError(
    'internal',
    `Something unforeseen went wrong: ${reason}. TOUCHSTONE_LOG_LEVEL=debug shows where.`,
  );
}
