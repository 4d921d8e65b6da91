import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll } from 'vitest';
import { builtTracker } from './built-tracker.ts';

export type Recorded = {
  /** `track-visit`, `update-activity` or `identify`. */
  what: string;
  contentType: string | undefined;
  cookie: string | undefined;
  body: ReturnType<typeof JSON.parse>;
};

type ShopOptions = {
  /** What stands in the page's script element beside its address and key. */
  attributes?: string;
  referrerPolicy?: string;
  /** HTML after the script. */
  body?: string;
};

/**
 * A shop whose every address is a page with the tracker, and a collector at an origin of its own that serves the script
 * and records what it is told. At the top of a test file.
 */
export async function openShop() {
  const recorded: Recorded[] = [];
  const methods: string[] = [];
  let status = 202;
  const collector = await listen((request, response) => {
    if (request.url === '/t.js') {
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(builtTracker());
      return;
    }
    methods.push(request.method ?? '');
    const parts: Buffer[] = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      response.writeHead(status, { 'access-control-allow-origin': '*' }).end();
      if (status !== 202) return;
      recorded.push({
        what: request.url?.replace('/api/v1/campaigns/', '') ?? '',
        contentType: request.headers['content-type'],
        cookie: request.headers.cookie,
        body: JSON.parse(Buffer.concat(parts).toString()),
      });
    });
  });

  async function shop({ attributes = '', referrerPolicy, body = '' }: ShopOptions = {}): Promise<string> {
    return await listen((_, response) => {
      response.writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        ...(referrerPolicy && { 'referrer-policy': referrerPolicy }),
      });
      response.end(`<!doctype html><html lang="en"><title>Shop</title>
        <script defer src="${collector}/t.js" data-key="tss_test" ${attributes}></script>
        <a id="next" href="/next">Next</a>${body}</html>`);
    });
  }

  return {
    collector,
    recorded,
    /** How the collector was asked. */
    methods,
    shop,
    /** What the collector answers from now on. */
    answer: (next: number) => {
      status = next;
    },
  };
}

async function listen(answer: RequestListener): Promise<string> {
  const server: Server = createServer(answer);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
