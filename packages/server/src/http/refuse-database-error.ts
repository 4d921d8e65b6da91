import type { Refusal } from './refusals.ts';

/**
 * The answer to a failed statement, by SQLSTATE (https://www.postgresql.org/docs/15/errcodes-appendix.html), or to a
 * database that is gone. Verbs check their input before they write; these are the net beneath them.
 */
export function refusalOfDatabaseError(error: unknown): Refusal | undefined {
  const code = codeOf(error);
  if (code === undefined) return undefined;
  if (gone.has(code) || code.startsWith('08')) {
    return {
      status: 503,
      code: 'unavailable',
      message: 'The database cannot be reached right now. Try again shortly; sending the same again is safe.',
      retryAfter: 2,
    };
  }
  if (collided.has(code)) {
    return {
      status: 503,
      code: 'unavailable',
      message: 'Others changed the same rows at the same time. Nothing was written; try again.',
      retryAfter: 1,
    };
  }
  if (code.startsWith('23')) {
    return {
      status: 409,
      code: 'conflict',
      message: 'This contradicts what is recorded. Nothing was written; read it again and decide anew.',
    };
  }
  if (code.startsWith('22') || code.startsWith('54')) {
    return {
      status: 422,
      code: 'invalid',
      message: 'A value in the request cannot be stored: too large, too deep or not well-formed text.',
    };
  }
  return undefined;
}

// Operator intervention, too many connections, out of memory or disk; and what Node says of a socket.
const gone = new Set([
  '57P01',
  '57P02',
  '57P03',
  '57P05',
  '53100',
  '53200',
  '53300',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
]);

// Serialization failure, deadlock, lock timeout, statement timeout or cancelled.
const collided = new Set(['40001', '40P01', '55P03', '57014']);

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  // A socket file that isn't there is a database that isn't there; any other missing file is a fault of ours.
  if ('syscall' in error && error.syscall === 'connect') return 'ECONNREFUSED';
  if ('code' in error && typeof error.code === 'string') return error.code;
  // pg and pg-pool give no code where the connection itself failed.
  return lostConnection.test(error.message) ? '08006' : undefined;
}

const lostConnection =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after calling end)/;
