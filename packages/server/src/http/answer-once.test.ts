import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startServer } from '../../test/server.ts';
import { inTransaction } from '../database/index.ts';
import { writeAudit } from '../people/index.ts';
import { conflict } from '../vocabulary/errors.ts';
import { route } from '../vocabulary/route.ts';
import { forgetOldAnswers } from './index.ts';

let waitBeforeAnswer: Promise<void> = Promise.resolve();
let failure: Error | undefined;

// Writes a row each time it is carried out, as a POST does whose input has no id of its own.
const note = route({
  method: 'POST',
  path: '/notes/:list',
  permission: 'orders:write',
  tag: 'Test',
  summary: 'Adds a note',
  params: z.object({ list: z.string() }),
  body: z.object({ text: z.string() }),
  data: z.json(),
  handle: async ({ params, body }, { db, actor, clock }) => {
    await inTransaction(db, (tx) =>
      writeAudit(tx, {
        actor: actor.name,
        action: 'note.add',
        subject_kind: 'note',
        subject_id: `${params.list}:${body.text}`,
        at: clock.now(),
      }),
    );
    await waitBeforeAnswer;
    if (failure !== undefined) throw failure;
    return { status: 201, data: { text: body.text, at: clock.now().toISOString() } };
  },
});

const api = await startServer({ routes: [note] });
const keyed = (key: string) => ({ 'idempotency-key': key });

async function timesWritten(subject: string): Promise<number> {
  const rows = await api.db.selectFrom('audit_log').select('id').where('subject_id', '=', subject).execute();
  return rows.length;
}

describe('a POST with an Idempotency-Key', () => {
  it('sent again is answered again and not carried out again', async () => {
    const first = await api.post('/notes/a', { text: 'again' }, keyed('a1'));
    api.clock.advance(60_000);
    const second = await api.post('/notes/a', { text: 'again' }, keyed('a1'));
    expect(first.headers['idempotency-replayed']).toBeUndefined();
    expect(second.headers['idempotency-replayed']).toBe('true');
    expect([second.status, second.text]).toEqual([201, first.text]);
    expect(second.headers['content-type']).toBe(first.headers['content-type']);
    expect(await timesWritten('a:again')).toBe(1);
  });

  it('without one is carried out each time', async () => {
    await api.post('/notes/a', { text: 'twice' });
    await api.post('/notes/a', { text: 'twice' });
    expect(await timesWritten('a:twice')).toBe(2);
  });

  it('for another body is refused', async () => {
    await api.post('/notes/b', { text: 'one' }, keyed('b1'));
    const other = await api.post('/notes/b', { text: 'two' }, keyed('b1'));
    expect(other.status).toBe(422);
    expect(other.body.error.fields).toEqual([
      {
        path: 'Idempotency-Key',
        message: 'has been used for a request with another body; send a new key with a new request',
      },
    ]);
    expect(await timesWritten('b:two')).toBe(0);
  });

  it('stands for one address and one caller', async () => {
    const headers = keyed('c1');
    await api.post('/notes/c', { text: 'x' }, headers);
    expect(
      (await api.post('/notes/d', { text: 'x' }, headers)).headers['idempotency-replayed'],
    ).toBeUndefined();
    expect(await timesWritten('d:x')).toBe(1);
  });

  it('sent many times at once is carried out once', async () => {
    const replies = await Promise.all(
      Array.from({ length: 6 }, () => api.post('/notes/e', { text: 'at once' }, keyed('e1'))),
    );
    expect(new Set(replies.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(replies.filter(({ headers }) => headers['idempotency-replayed'] === 'true')).toHaveLength(5);
    expect(await timesWritten('e:at once')).toBe(1);
  });

  it('that is still being carried out after five seconds is answered 409', async () => {
    let release = () => {};
    waitBeforeAnswer = new Promise((resolve) => {
      release = resolve;
    });
    const first = api.post('/notes/f', { text: 'slow' }, keyed('f1'));
    await new Promise((resolve) => setTimeout(resolve, 200));
    const second = await api.post('/notes/f', { text: 'slow' }, keyed('f1'));
    expect(second.status).toBe(409);
    expect(second.headers['retry-after']).toBe('1');
    release();
    expect((await first).status).toBe(201);
    expect(await timesWritten('f:slow')).toBe(1);
  });

  it('that is refused leaves nothing written and is refused the same way again', async () => {
    failure = conflict('The list is closed.');
    const first = await api.post('/notes/g', { text: 'refused' }, keyed('g1'));
    failure = undefined;
    const second = await api.post('/notes/g', { text: 'refused' }, keyed('g1'));
    expect([first.status, second.status]).toEqual([409, 409]);
    expect(second.text).toBe(first.text);
    expect(second.headers['idempotency-replayed']).toBe('true');
    expect(await timesWritten('g:refused')).toBe(0);
  });

  it('that broke down leaves nothing behind, neither its writes nor its key', async () => {
    failure = new Error('the process died here');
    expect((await api.post('/notes/h', { text: 'died' }, keyed('h1'))).status).toBe(500);
    expect(await timesWritten('h:died')).toBe(0);
    failure = undefined;
    expect((await api.post('/notes/h', { text: 'died' }, keyed('h1'))).status).toBe(201);
    expect(await timesWritten('h:died')).toBe(1);
  });

  it('may use the key anew after 24 hours', async () => {
    await api.post('/notes/i', { text: 'day one' }, keyed('i1'));
    api.clock.advance(24 * 3_600_000 + 1);
    expect((await api.post('/notes/i', { text: 'day two' }, keyed('i1'))).status).toBe(201);
    const replayed = await api.post('/notes/i', { text: 'day two' }, keyed('i1'));
    expect(replayed.headers['idempotency-replayed']).toBe('true');
  });

  it('must have a key that can stand in a header', async () => {
    const reply = await api.post('/notes/j', { text: 'x' }, keyed('with space'));
    expect(reply.status).toBe(422);
    expect(reply.body.error.fields[0].path).toBe('Idempotency-Key');
  });

  it('is forgotten when its time is over', async () => {
    await api.post('/notes/k', { text: 'kept' }, keyed('k1'));
    api.clock.advance(23 * 3_600_000);
    await forgetOldAnswers(api.db, api.clock.now());
    const kept = await api.post('/notes/k', { text: 'kept' }, keyed('k1'));
    expect(kept.headers['idempotency-replayed']).toBe('true');
    api.clock.advance(2 * 3_600_000);
    await forgetOldAnswers(api.db, api.clock.now());
    expect(await api.db.selectFrom('idempotency_keys').select('key').execute()).toEqual([]);
  });
});
