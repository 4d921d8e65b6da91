import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startServer } from '../../test/server.ts';
import { amountField, currencyField, pageFields, timestampField } from '../vocabulary/fields.ts';
import { route } from '../vocabulary/route.ts';

const line = z.object({
  product: z.union([z.object({ external_id: z.string() }), z.object({ id: z.uuid() })]),
  quantity: z.number().positive(),
  unit_price: amountField,
});

const echo = route({
  method: 'POST',
  path: '/echo',
  permission: 'orders:write',
  tag: 'Test',
  summary: 'Answers what was understood',
  query: z.object({
    dry_run: z.enum(['true', 'false']).optional(),
    limit: pageFields.limit,
    since: timestampField.optional(),
  }),
  body: z.object({
    name: z.string().min(1).max(5).optional(),
    at: timestampField.optional(),
    currency: currencyField.optional(),
    status: z.enum(['pending', 'confirmed', 'cancelled']).optional(),
    email: z.email().optional(),
    lines: z.array(line).min(1).optional(),
    target: z
      .discriminatedUnion('kind', [
        z.object({ kind: z.literal('one'), id: z.uuid() }),
        z.object({ kind: z.literal('all') }),
      ])
      .optional(),
    metadata: z.record(z.string(), z.json()).optional(),
    extra: z.looseObject({ known: z.string().optional() }).optional(),
  }),
  data: z.json(),
  handle: async ({ body, query }) => ({ data: { body, query } }),
});

const empty = route({
  method: 'PUT',
  path: '/things/:id/activate',
  permission: 'campaigns:write',
  tag: 'Test',
  summary: 'Takes an id and no body',
  params: z.object({ id: z.uuid() }),
  data: z.json(),
  handle: async ({ params }) => ({ data: params }),
});

const api = await startServer({ routes: [echo, empty] });

async function faultsOf(body: unknown, query = ''): Promise<Record<string, string>> {
  const reply = await api.post(`/echo${query}`, body);
  expect(reply.status, reply.text).toBe(422);
  expect(reply.body.error.code).toBe('invalid');
  return Object.fromEntries(
    reply.body.error.fields.map((fault: { path: string; message: string }) => [fault.path, fault.message]),
  );
}

const goodLine = { product: { external_id: 'p1' }, quantity: 1, unit_price: '1.00' };

describe('an input', () => {
  it('is passed on as understood: defaults filled in, numbers of the query read', async () => {
    const reply = await api.post('/echo?limit=7', { lines: [goodLine], metadata: { free: { as: ['air'] } } });
    expect(reply.body).toEqual({
      success: true,
      data: {
        query: { limit: 7 },
        body: { lines: [goodLine], metadata: { free: { as: ['air'] } } },
      },
    });
  });

  it('understands an offset in the query whose plus was not encoded', async () => {
    for (const plus of ['+', '%2B', '%20']) {
      const reply = await api.post(`/echo?since=2026-03-01T12:00:00.5${plus}05:45`, {});
      expect(reply.body.data.query, plus).toEqual({ limit: 50, since: '2026-03-01T06:15:00.500Z' });
    }
  });

  it('is told every fault at once, each at its path with a remedy', async () => {
    const faults = await faultsOf(
      {
        name: '',
        at: '2026-03-01T12:00:00',
        currency: 'EURO',
        status: 'confirmd',
        email: 'nobody',
        lines: [goodLine, { product: { external_id: 'p2' }, quantity: '2', unit_price: 'free' }],
      },
      '?limit=abc',
    );
    expect(faults).toEqual({
      limit: 'must be a number, not something else',
      name: 'must not be empty',
      at: 'must be an ISO 8601 timestamp with an offset, such as 2026-03-01T12:00:00+01:00 or …Z',
      currency: 'must be an ISO 4217 currency code such as EUR',
      status: 'must be one of pending, confirmed, cancelled; did you mean confirmed?',
      email: 'must be an email address',
      'lines.1.quantity': 'must be a number, not text',
      'lines.1.unit_price': 'must be a decimal number such as "12.34"',
    });
  });

  it('says of a missing value that it is required', async () => {
    expect(await faultsOf({ lines: [{ quantity: 1, product: { external_id: 'p' } }] })).toEqual({
      'lines.0.unit_price': 'is required: give a number, or is required: give text',
    });
    expect(await faultsOf({ lines: [] })).toEqual({ lines: 'must have at least one item' });
    expect(await faultsOf({ name: 'too long' })).toEqual({ name: 'must have at most 5 characters' });
    expect(await faultsOf({ name: null })).toEqual({ name: 'must be text, not null' });
  });

  it('may not have unknown fields, at any depth, and hears which was probably meant', async () => {
    expect(
      await faultsOf({ lines: [{ ...goodLine, unitPrice: 2, colour: 'red' }], nmae: 'x' }, '?limt=3'),
    ).toEqual({
      limt: 'is not a known field; did you mean limit?',
      nmae: 'is not a known field; did you mean name?',
      'lines.0.unitPrice': 'is not a known field; did you mean unit_price?',
      'lines.0.colour': 'is not a known field; known are product, quantity, unit_price',
    });
  });

  it('may not have unknown fields in any alternative of a union', async () => {
    const faults = await faultsOf({ lines: [{ ...goodLine, product: { externalid: 'p1' } }] });
    expect(Object.keys(faults)).toEqual(['lines.0.product.external_id', 'lines.0.product.externalid']);
    expect(faults['lines.0.product.externalid']).toBe('is not a known field; did you mean external_id?');

    expect(await faultsOf({ target: { kind: 'all', id: 'x' } })).toEqual({
      'target.id': 'is not a known field; known are kind',
    });
    expect(await faultsOf({ target: { kind: 'some' } })).toEqual({
      'target.kind': 'must be one of one, all',
    });
  });

  it('keeps what a place for free JSON holds, and what an open object adds', async () => {
    const body = { metadata: { any: [{ thing: null }] }, extra: { known: 'k', more: 1 } };
    expect((await api.post('/echo', body)).body.data.body).toEqual(body);
  });

  it('whose query names a parameter twice is refused', async () => {
    expect(await faultsOf({}, '?dry_run=true&dry_run=false')).toEqual({
      dry_run: 'must be one of true, false',
    });
  });

  it('must have a body where one is needed', async () => {
    expect(await faultsOf(undefined)).toEqual({ body: 'is required: give an object' });
    expect(await faultsOf([])).toEqual({ body: 'must be an object, not a list' });
  });

  it('must have no body where none is taken; an empty one is none', async () => {
    const id = '0192f7a0-0000-7000-8000-000000000000';
    const path = `/things/${id}/activate`;
    for (const none of [undefined, '', '{}']) {
      expect((await api.put(path, none)).body).toEqual({ success: true, data: { id } });
    }
    const refused = await api.put(path, { status: 'running' });
    expect(refused.status).toBe(422);
    expect(refused.body.error.fields).toEqual([
      { path: 'status', message: 'is not a known field; known are none' },
    ]);
  });

  it('with an id that is no UUID names nothing', async () => {
    const reply = await api.put('/things/17/activate');
    expect(reply.status).toBe(404);
    expect(reply.body.error).toEqual({
      code: 'not_found',
      message: 'There is nothing at this address: id must be an id of ours (a UUID).',
    });
  });

  it('with a NUL character is refused at its path before anybody stores it', async () => {
    expect(await faultsOf({ metadata: { deep: ['fine', 'not\0fine'] } })).toEqual({
      'metadata.deep.1': 'holds a NUL character, which cannot be stored; take it out',
    });
    expect(await faultsOf({}, '?dry_run=%00')).toEqual({
      dry_run: 'holds a NUL character, which cannot be stored; take it out',
    });
  });

  it('cannot smuggle in a prototype', async () => {
    const faults = await faultsOf('{"metadata": {"__proto__": {"name": "x"}}}');
    expect(faults).toEqual({ 'metadata.__proto__': 'is not a possible name; take it out' });
  });
});

describe('a route that takes an intersection', () => {
  it('is refused at start, since its halves would refuse each other', async () => {
    const both = z.object({ a: z.string() }).and(z.object({ b: z.string() }));
    const impossible = route({ ...echo, query: undefined, body: both, handle: async () => ({ data: null }) });
    await expect(startServer({ routes: [impossible] })).rejects.toThrow('use .extend()');
  });
});
