import { once } from 'node:events';
import { Agent, request as askOverSocket, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startServer } from '../../test/server.ts';
import { connectDatabase } from '../database/index.ts';
import { conflict, invalid, notFound, TouchstoneError } from '../vocabulary/errors.ts';
import { type Route, route } from '../vocabulary/route.ts';

const failures: Record<string, () => Promise<never> | never> = {
  not_found: () => {
    throw notFound('order', '17');
  },
  conflict: () => {
    throw conflict('The campaign has ended.');
  },
  invalid: () => {
    throw invalid('lines.0.unit_price', 'has three decimals; EUR has two');
  },
  unavailable: () => {
    throw new TouchstoneError('unavailable', 'The queue is full.');
  },
  fault: () => {
    throw new Error('secret detail of ours');
  },
};

const fail = route({
  method: 'GET',
  path: '/fail/:how',
  permission: 'orders:read',
  tag: 'Test',
  summary: 'Fails as asked',
  params: z.object({ how: z.string() }),
  data: z.null(),
  handle: async ({ params }) => failures[params.how]!(),
});

const sql = route({
  ...fail,
  method: 'POST',
  path: '/sql',
  params: undefined,
  body: z.object({ statement: z.string() }),
  handle: async ({ body }) => ({ data: (await api.pool.query(body.statement)).rowCount }),
});

const bigints: Route = {
  ...fail,
  path: '/bigint',
  params: undefined,
  handle: async () => ({ data: { sum: 1n } }),
};

const slow = route({
  ...fail,
  path: '/slow',
  params: undefined,
  handle: async () => {
    await new Promise((resolve) => setTimeout(resolve, 200));
    return { data: 'finished' };
  },
});

const routes = [fail, sql, bigints, slow];
const lines: string[] = [];
const api = await startServer({ routes, log: { write: (line) => lines.push(line) } });

describe('a failure', () => {
  it.each([
    ['not_found', 404, { code: 'not_found', message: 'There is no order 17.' }],
    ['conflict', 409, { code: 'conflict', message: 'The campaign has ended.' }],
    [
      'invalid',
      422,
      {
        code: 'invalid',
        message: 'lines.0.unit_price has three decimals; EUR has two.',
        fields: [{ path: 'lines.0.unit_price', message: 'has three decimals; EUR has two' }],
      },
    ],
    ['unavailable', 503, { code: 'unavailable', message: 'The queue is full.' }],
  ])('%s is answered with %i in the envelope', async (how, status, error) => {
    const reply = await api.get(`/fail/${how}`);
    expect(reply.status).toBe(status);
    expect(reply.body).toEqual({ success: false, error });
  });

  it('of ours tells the caller nothing but the request id, and the log everything', async () => {
    lines.length = 0;
    const reply = await api.get('/fail/fault', { 'x-request-id': 'from-the-caller' });
    expect(reply.status).toBe(500);
    expect(reply.text).not.toContain('secret detail');
    expect(reply.headers['x-request-id']).toBe('from-the-caller');
    const logged = lines.map((line) => JSON.parse(line)).find((line) => line.err !== undefined);
    expect(logged).toMatchObject({ reqId: 'from-the-caller', err: { message: 'secret detail of ours' } });
  });

  it('of the service says when to try again', async () => {
    expect((await api.get('/fail/unavailable')).headers['retry-after']).toBe('1');
  });

  it('to turn a bigint into JSON is found, not hidden', async () => {
    expect((await api.get('/bigint')).status).toBe(500);
  });

  it.each([
    ['a serialization failure', "do $$ begin raise using errcode = '40001'; end $$", 503, 'unavailable'],
    ['a deadlock', "do $$ begin raise using errcode = '40P01'; end $$", 503, 'unavailable'],
    ['a server that shuts down', "do $$ begin raise using errcode = '57P01'; end $$", 503, 'unavailable'],
    ['a violated constraint', "do $$ begin raise using errcode = '23505'; end $$", 409, 'conflict'],
    ['a value out of range', 'select 2147483647 + 1', 422, 'invalid'],
    ['a mistake in our SQL', 'selekt', 500, 'internal'],
  ])('of the database, %s, has its own answer', async (_, statement, status, code) => {
    const reply = await api.post('/sql', { statement });
    expect(reply.status).toBe(status);
    expect(reply.body.error.code).toBe(code);
    expect(reply.text).not.toContain('select');
  });
});

describe('a request', () => {
  it('that is not JSON is malformed', async () => {
    const reply = await api.post('/sql', '{"statement": ');
    expect(reply.status).toBe(400);
    expect(reply.body.error.code).toBe('malformed');
    expect(reply.body.error.message).toMatch(/^The body is not JSON: /);
  });

  it('that is nested without end is malformed', async () => {
    const reply = await api.post('/sql', `{"statement": ${'['.repeat(200_000)}${']'.repeat(200_000)}}`);
    expect(reply.status).toBe(400);
    expect(reply.body.error.message).toBe('The body is nested deeper than 100 levels.');
  });

  it('of another media type is told which one to send', async () => {
    const reply = await api.post('/sql', 'statement=select', {
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(reply.status).toBe(415);
    expect(reply.body.error).toEqual({
      code: 'unsupported_media_type',
      message: 'The body must be JSON, sent with the header Content-Type: application/json.',
    });
  });

  it('of more than 10 MB is told to come in smaller batches', async () => {
    const reply = await api.post('/sql', { statement: 'x'.repeat(10 * 1024 * 1024) });
    expect(reply.status).toBe(413);
    expect(reply.body.error.code).toBe('too_large');
  });

  it('of more than 10 MB is heard out, so that its sender hears the answer and not a broken connection', async () => {
    const { app } = await startServer({ routes });
    await app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = app.server.address() as AddressInfo;
    const body = Buffer.from(JSON.stringify({ statement: 'x'.repeat(12 * 1024 * 1024) }));
    const headers = {
      authorization: `Bearer ${api.settings.adminKey}`,
      'content-type': 'application/json',
      'content-length': body.length,
    };
    const agent = new Agent({ keepAlive: true });
    const sender = askOverSocket({ agent, port, method: 'POST', path: '/api/v1/sql', headers });
    sender.write(body.subarray(0, 1000));
    const [answer] = (await once(sender, 'response')) as [IncomingMessage];
    answer.resume();
    sender.end(body.subarray(1000));
    await once(sender, 'finish');
    agent.destroy();
    expect([answer.statusCode, answer.headers.connection]).toEqual([413, undefined]);
  });

  it('to an unknown address is answered in the envelope too', async () => {
    for (const path of ['/nothing', '//nothing', '/fail/%zz', '/fail/conflict/more']) {
      const reply = await api.get(path);
      expect([404, 400], path).toContain(reply.status);
      expect(reply.body.success).toBe(false);
    }
  });

  it('with a method the address does not take hears which ones it takes', async () => {
    const reply = await api.delete('/slow');
    expect(reply.status).toBe(405);
    expect(reply.headers.allow).toBe('GET');
    expect(reply.body.error).toEqual({
      code: 'method_not_allowed',
      message: '/api/v1/slow does not take DELETE; it takes GET.',
    });
  });

  it('without a valid key is refused before its body is read', async () => {
    for (const authorization of ['', 'Bearer wrong', 'Basic abc', `Bearer ${api.settings.adminKey}x`]) {
      const reply = await api.post('/sql', '{not json', { authorization });
      expect(reply.status, authorization).toBe(401);
      expect(reply.body.error.code).toBe('unauthenticated');
    }
  });

  it('may send its key as X-API-Key', async () => {
    const headers = { authorization: '', 'x-api-key': api.settings.adminKey! };
    expect((await api.post('/sql', { statement: 'select' }, headers)).status).toBe(200);
  });

  it('gets an id of ours when its own would be unsafe in a log', async () => {
    const reply = await api.get('/slow', { 'x-request-id': 'a b\t{"c":1}' });
    expect(reply.headers['x-request-id']).toMatch(/^[\da-f-]{36}$/);
  });

  it('leaves one line in the log, without key, body or query', async () => {
    lines.length = 0;
    await api.post('/sql?token=hidden', { statement: 'select 4711' });
    const logged = lines.map((line) => JSON.parse(line));
    expect(logged).toHaveLength(1);
    expect(logged[0]).toMatchObject({
      method: 'POST',
      path: '/api/v1/sql',
      status: 422,
      actor: 'key:admin',
      msg: 'answered',
    });
    expect(lines.join()).not.toMatch(/hidden|4711|admin-key-of-the-tests/);
  });
});

describe('the server', () => {
  it('says that it lives and that it is ready, to anybody', async () => {
    expect((await api.get('//healthz', { authorization: '' })).body).toEqual({ status: 'alive' });
    expect((await api.get('//readyz', { authorization: '' })).body).toEqual({ status: 'ready' });
  });

  it('is not ready while the database lacks a migration', async () => {
    const behind = await startServer({ routes });
    await behind.pool.query('delete from schema_migrations');
    const reply = await behind.get('//readyz');
    expect(reply.status).toBe(503);
    expect(reply.body).toMatchObject({ status: 'waiting for migrations' });
    expect(reply.body.missing).toContain('0001_house');
  });

  it('lets no page run what it answers', async () => {
    const reply = await api.get('/slow');
    expect(reply.headers['content-security-policy']).toBe("default-src 'none';frame-ancestors 'none'");
    expect(reply.headers['x-content-type-options']).toBe('nosniff');
  });

  it('lets only listed web origins read its answers', async () => {
    const open = await startServer({ routes, settings: { corsOrigins: ['https://shop.example'] } });
    const from = (origin: string) => open.get('/slow', { origin });
    expect((await from('https://shop.example')).headers['access-control-allow-origin']).toBe(
      'https://shop.example',
    );
    expect((await from('https://evil.example')).headers['access-control-allow-origin']).toBeUndefined();
    expect(
      (await api.get('/slow', { origin: 'null' })).headers['access-control-allow-origin'],
    ).toBeUndefined();
  });

  it('slows down who asks too much, each key for itself', async () => {
    const strict = await startServer({ routes, settings: { rateLimitPerMinute: 20 } });
    const statuses = [];
    for (let n = 0; n < 22; n++) statuses.push((await strict.post('/sql', {})).status);
    expect(statuses).toEqual([...Array(20).fill(422), 429, 429]);

    const refused = await strict.post('/sql', {});
    expect(refused.body.error.code).toBe('rate_limited');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);

    const nobody = { authorization: '' };
    expect((await strict.post('/sql', {}, nobody)).status).toBe(401);
    expect((await strict.post('/sql', {}, nobody)).status).toBe(401);
    expect((await strict.post('/sql', {}, nobody)).status).toBe(429);
    expect((await strict.get('//healthz', nobody)).status).toBe(200);
  });

  it('answers 503 and says when to come back while the database is gone', async () => {
    const nowhere = { host: '127.0.0.1', port: 1, user: 'u', password: 'p', database: 'd' };
    const gone = await startServer({ routes, db: connectDatabase(nowhere).db });
    expect((await gone.get('//healthz')).status).toBe(200);
    expect((await gone.get('//readyz')).status).toBe(503);
    const reply = await gone.get('/slow', { authorization: 'Bearer tsk_somebody' });
    expect(reply.status).toBe(503);
    expect(reply.headers['retry-after']).toBe('2');
    expect(reply.body.error.code).toBe('unavailable');
  });

  it('finishes what is under way before it closes', async () => {
    const closing = await startServer({ routes });
    await closing.app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = closing.app.server.address() as AddressInfo;
    const answered = new Promise<string>((resolve, reject) => {
      const headers = { authorization: `Bearer ${closing.settings.adminKey}` };
      askOverSocket({ port, path: '/api/v1/slow', headers }, (reply) => {
        reply.setEncoding('utf8').on('data', resolve);
      })
        .on('error', reject)
        .end();
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    await closing.app.close();
    expect(JSON.parse(await answered)).toEqual({ success: true, data: 'finished' });
  });
});
