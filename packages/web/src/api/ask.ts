/** What a request is made of; `query` leaves out what is undefined. */
export type Request = {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  query?: Record<string, string | number | boolean | undefined>;
  body?: unknown;
  signal?: AbortSignal;
};

export type Answer<Data, Meta> = { data: Data; meta: Meta };

export type FieldFault = { path: string; message: string };

/** A refusal of the API, or no answer at all (status 0). */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields: FieldFault[];
  /** Names the request in the server's log. */
  readonly requestId: string | null;

  constructor(
    status: number,
    { code, message, fields = [] }: { code: string; message: string; fields?: FieldFault[] },
    requestId: string | null,
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.fields = fields;
    this.requestId = requestId;
  }
}

/**
 * Asks the API; the path is below `/api/v1`. Signed in by cookie: the header tells the server that a page of its own
 * asks, which another site's form cannot set.
 *
 * @throws ApiError
 */
export async function ask<Data, Meta = unknown>(
  path: string,
  { method = 'GET', query = {}, body, signal }: Request = {},
): Promise<Answer<Data, Meta>> {
  const response = await reach(`/api/v1${path}${queryText(query)}`, {
    method,
    signal,
    credentials: 'same-origin',
    headers: {
      accept: 'application/json',
      'x-requested-with': 'touchstone',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const requestId = response.headers.get('x-request-id');
  const answer: Envelope<Data, Meta> | undefined = await response.json().catch(() => undefined);
  if (answer?.success) return { data: answer.data, meta: answer.meta };
  const error = answer?.error ?? {
    code: 'internal',
    message: `The server answered ${response.status} without saying why.`,
  };
  throw new ApiError(response.status, error, requestId);
}

type Envelope<Data, Meta> =
  | { success: true; data: Data; meta: Meta }
  | { success: false; error: { code: string; message: string; fields?: FieldFault[] } };

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError(0, { code: 'unreachable', message: 'The server cannot be reached.' }, null);
  }
}

function queryText(query: NonNullable<Request['query']>): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)]));
  return text.size === 0 ? '' : `?${text}`;
}
