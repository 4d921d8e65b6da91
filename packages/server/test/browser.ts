import type { ApiReply } from './server.ts';

type Ask = (
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<ApiReply>;

/**
 * Asks as a page of the dashboard does: without a key, with the cookie the server set last and the header of its own
 * pages. `browser.cookie` is what it keeps, `name=value`.
 */
export function openBrowser({ ask }: { ask: Ask }, address = '203.0.113.7') {
  const browser = { cookie: '', ask: asked, get: (path: string) => asked('GET', path), signIn };

  async function asked(...[method, path, body, headers]: Parameters<Ask>): Promise<ApiReply> {
    const reply = await ask(method, path, body, {
      authorization: '',
      cookie: browser.cookie,
      'x-requested-with': 'touchstone',
      'x-forwarded-for': address,
      ...headers,
    });
    const [set] = [reply.headers['set-cookie'] ?? []].flat();
    if (set !== undefined) browser.cookie = set.split(';')[0] ?? '';
    return reply;
  }

  async function signIn(email: string, password: string): Promise<ApiReply> {
    return asked('POST', '/session', { email, password });
  }

  return browser;
}
