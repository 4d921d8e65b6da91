/**
 * Every refusal the product can give, by kind. Rooms throw these; only `http/` knows which status a kind becomes,
 * and only `cli/` which exit code.
 */
export type ErrorCode =
  | 'malformed'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'too_large'
  | 'invalid'
  | 'rate_limited'
  | 'unavailable'
  | 'configuration'
  | 'internal';

/** One fault in an input: where it is (`lines.0.unit_price`) and what to do about it. */
export type FieldFault = { path: string; message: string };

/** A refusal that says what was wrong, where, and what to do. Nothing has been written when it is thrown. */
export class TouchstoneError extends Error {
  readonly code: ErrorCode;
  readonly fields: FieldFault[];
  /** Seconds after which trying again may help. */
  readonly retryAfter: number | undefined;

  constructor(code: ErrorCode, message: string, fields: FieldFault[] = [], retryAfter?: number) {
    super(message);
    this.name = 'TouchstoneError';
    this.code = code;
    this.fields = fields;
    this.retryAfter = retryAfter;
  }
}

/** An input that is well-formed but breaks a rule; `fields` says which and how to mend it. */
export function invalid(path: string, message: string): TouchstoneError {
  return new TouchstoneError('invalid', `${path} ${message}.`, [{ path, message }]);
}

/** Something named by the caller does not exist. */
export function notFound(what: string, id: string): TouchstoneError {
  return new TouchstoneError('not_found', `There is no ${what} ${id}.`);
}

/** The request contradicts what is recorded. */
export function conflict(message: string, fields: FieldFault[] = []): TouchstoneError {
  return new TouchstoneError('conflict', message, fields);
}
