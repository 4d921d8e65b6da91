import type { ErrorCode, FieldFault } from '../vocabulary/errors.ts';
import { TouchstoneError } from '../vocabulary/errors.ts';
import { refusalOfDatabaseError } from './refuse-database-error.ts';

/** A failure as the caller sees it. */
export type Refusal = {
  status: number;
  code: ErrorCode | 'method_not_allowed' | 'unsupported_media_type';
  message: string;
  fields?: FieldFault[];
  /** Seconds after which trying again may help. */
  retryAfter?: number;
  /** The methods that the address takes instead. */
  allow?: string[];
};

/** Thrown where the refusal says more than a TouchstoneError can. */
export class Refused extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

const statusByCode: Record<ErrorCode, number> = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  invalid: 422,
  rate_limited: 429,
  configuration: 500,
  internal: 500,
  unavailable: 503,
};

/** Turns whatever was thrown into an answer. What we did not foresee is `internal` and tells the caller nothing. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refused) return error.refusal;
  if (error instanceof TouchstoneError) return refusalOfOurs(error);
  return (
    refusalOfDatabaseError(error) ??
    refusalOfFastify(error) ?? {
      status: 500,
      code: 'internal',
      message: 'Something went wrong on our side. The request id names it in the log.',
    }
  );
}

/** The failure envelope. */
export function failureBody(refusal: Refusal): string {
  const { code, message, fields } = refusal;
  return JSON.stringify({ success: false, error: { code, message, fields } });
}

function refusalOfOurs(error: TouchstoneError): Refusal {
  return {
    status: statusByCode[error.code],
    code: error.code,
    message: error.message,
    fields: error.fields.length === 0 ? undefined : error.fields,
    retryAfter: error.retryAfter ?? (error.code === 'unavailable' ? 1 : undefined),
  };
}

function refusalOfFastify(error: unknown): Refusal | undefined {
  if (!(error instanceof Error) || !('statusCode' in error)) return undefined;
  switch (error.statusCode) {
    case 413:
      return {
        status: 413,
        code: 'too_large',
        message: 'The body is larger than 10 MB; send it in smaller batches.',
      };
    case 415:
      return {
        status: 415,
        code: 'unsupported_media_type',
        message: 'The body must be JSON, sent with the header Content-Type: application/json.',
      };
    case 400:
    case 414:
      return { status: 400, code: 'malformed', message: `The request cannot be read: ${error.message}.` };
    default:
      return undefined;
  }
}
