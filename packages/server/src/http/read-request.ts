/** A request that is whole and plain, with what of its headers the answer to a page depends on. */
export type PlainRequest = {
  path: string;
  body: string;
  /** By their names in lower case. */
  headers: PlainHeaders;
};

type PlainHeaders = { [Name in (typeof taken)[number]]: string | undefined };

const taken = [
  'host',
  'connection',
  'content-length',
  'content-type',
  'user-agent',
  'x-forwarded-for',
  'origin',
  'x-site-key',
  'x-request-id',
] as const;

/**
 * Reads a request of which nothing could be understood in two ways: a POST of HTTP/1.1 that came whole and alone, with its
 * length, in headers of visible ASCII, none of which is about the connection or the transfer. Whatever else came is for
 * Node's parser to read, or to refuse; a property test holds the two together.
 *
 * @param chunk what a socket gave at once
 */
export function readRequest(chunk: Buffer): PlainRequest | undefined {
  const end = chunk.indexOf('\r\n\r\n') + 2;
  if (end === 1 || end > largestHead) return undefined;
  // The head alone: what is cut from a text and remembered, as agents are, keeps all of that text in memory.
  const text = chunk.toString('latin1', 0, end);
  const start = requestLine.exec(text);
  if (start === null || !headerLines.test(text.slice(start[0].length))) return undefined;
  const values: (string | undefined)[] = Array(taken.length);
  for (let at = start[0].length; at < end; ) {
    const colon = text.indexOf(':', at);
    const next = text.indexOf('\r\n', colon);
    const place = places.get(text.slice(at, colon).toLowerCase());
    if (place !== undefined) {
      if (place === ofTheTransfer || values[place] !== undefined) return undefined;
      values[place] = text.slice(colon + 2, next);
    }
    at = next + 2;
  }
  const headers = headersOf(values);
  const { host, connection = 'keep-alive', 'content-length': length } = headers;
  const body = end + 2;
  if (host === undefined || connection !== 'keep-alive' || length !== String(chunk.length - body))
    return undefined;
  return { path: start[1]!, body: chunk.toString('utf8', body), headers };
}

// Half of what Node reads.
const largestHead = 8192;
const requestLine = /^POST (\/[a-z0-9/-]+) HTTP\/1\.1\r\n/;
const headerLines = /^(?:[A-Za-z0-9-]+: [!-~](?:[ -~]*[!-~])?\r\n)+$/;

const ofTheTransfer = -1;
const refused = ['expect', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'];
// By place, since finding the field of an object by a name just read takes three times as long.
const places = new Map<string, number>([
  ...taken.map((name, place) => [name, place] as const),
  ...refused.map((name) => [name, ofTheTransfer] as const),
]);

function headersOf(values: (string | undefined)[]): PlainHeaders {
  return {
    host: values[0],
    connection: values[1],
    'content-length': values[2],
    'content-type': values[3],
    'user-agent': values[4],
    'x-forwarded-for': values[5],
    origin: values[6],
    'x-site-key': values[7],
    'x-request-id': values[8],
  };
}
