import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { startApi } from '../../test/api.ts';
import { routeTable } from './route-table.ts';

const api = await startApi();

const addressed = routeTable.map((route) => ({
  route,
  name: `${route.method} ${route.path}`,
  url: route.path.replace(/:\w+/g, '0192f7a0-0000-7000-8000-000000000000'),
}));

describe('the table of routes', () => {
  it('names each route once, says what it does and describes its parameters', () => {
    const names = addressed.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
    for (const { route, name } of addressed) {
      expect(route.summary, name).toMatch(/^\p{Lu}.{5,100}[^.]$/u);
      expect(route.tag, name).not.toBe('');
      expect(route.path.includes(':'), name).toBe(route.params !== undefined);
    }
  });

  it.each(addressed.filter(({ route }) => route.method === 'POST'))(
    '$name can be sent with an Idempotency-Key, as part of its transaction',
    async ({ route, name, url }) => {
      const reply = await api.post(url, undefined, { 'idempotency-key': name.replaceAll(' ', '') });
      expect(reply.status, reply.text).toBeLessThan(500);
      if (route.secret) expect(reply.status).toBe(422);
    },
  );

  const byKey = addressed.filter(({ route }) => route.permission !== 'signed_in');

  it.each(byKey.filter(({ route }) => route.query ?? route.body))(
    '$name refuses and names a field it does not know',
    async ({ route, url }) => {
      const reply =
        route.body === undefined
          ? await api.ask(route.method, `${url}?no_such_field=1`)
          : await api.ask(route.method, url, { no_such_field: 1 });
      expect(reply.status, reply.text).toBe(422);
      expect(reply.body.error.fields.map((fault: { path: string }) => fault.path)).toContain('no_such_field');
    },
  );
});

describe('the OpenAPI document', async () => {
  const { body: document } = await api.get('//openapi.json', { authorization: '' });
  type Operation = Record<string, unknown> & { responses: Record<string, unknown>; operationId: string };
  const operations = Object.entries(document.paths as Record<string, Record<string, Operation>>).flatMap(
    ([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

  it('is one that a validator accepts', async () => {
    const result = await new Validator().validate(document);
    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
    expect(document.openapi).toMatch(/^3\.1\./);
  });

  it('describes every route and nothing else', () => {
    const described = operations.map(({ path, method }) => `${method.toUpperCase()} ${path}`);
    const served = routeTable.map(
      ({ method, path }) => `${method} /api/v1${path.replace(/:(\w+)/g, '{$1}')}`,
    );
    expect(described.toSorted()).toEqual(served.toSorted());
  });

  it('gives every operation a name of its own, a lock unless it is public, and its failures', () => {
    const names = operations.map(({ operation }) => operation.operationId);
    expect(new Set(names).size).toBe(names.length);
    const open = operations.filter(({ operation }) => (operation.security as unknown[]).length === 0);
    expect(open).toHaveLength(routeTable.filter(({ permission }) => permission === 'public').length);
    for (const { operation } of operations) {
      expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['401', '403', '429', '503']));
    }
  });

  it('points to nothing outside of itself', () => {
    const text = JSON.stringify(document);
    const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, target]) => target);
    for (const target of references) expect(target).toMatch(/^#\/components\//);
    expect(text).not.toContain('__SCHEMA__');
  });
});

describe('the documentation page', () => {
  it('loads its script from this server and nothing from anywhere else', async () => {
    const page = await api.get('//docs', { authorization: '' });
    expect(page.status).toBe(200);
    expect(page.text).not.toMatch(/https?:\/\//);
    expect(page.headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self';/);
    const script = await api.get('//docs/scalar.js', { authorization: '' });
    expect(script.status).toBe(200);
    expect(script.headers['content-type']).toContain('text/javascript');
    expect(script.text.length).toBeGreaterThan(100_000);
  });

  it('is where the front door points', async () => {
    const page = await api.get('//', { authorization: '', host: 'shop.example:4000' });
    expect(page.text).toContain('<a href="/docs">');
    expect(page.text).toContain('http://shop.example:4000/api/v1');
    expect((await api.get('//', { host: 'a"><script>' })).text).not.toContain('<script>');
  });
});
