import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { startApi } from '../../test/api.ts';

const api = await startApi({ now: '2026-03-01T12:00:00Z' });
const send = async (body: object) => {
  const reply = await api.post('/customers', body);
  return {
    status: reply.status,
    outcome: reply.body.meta?.outcome,
    data: reply.body.data,
    error: reply.body.error,
  };
};

test('a customer is created, unchanged when sent again, updated and audited when changed', async () => {
  const ann = { external_id: 'ann', email: 'Ann@Example.com', name: 'Ann' };
  const first = await send(ann);
  expect([first.status, first.outcome]).toEqual([201, 'created']);
  expect(first.data).toMatchObject({ ...ann, source: 'default' });
  expect(await send(ann)).toMatchObject({ status: 200, outcome: 'unchanged', data: { id: first.data.id } });
  expect(await send({ external_id: 'ann', name: 'Ann Lee' })).toMatchObject({
    outcome: 'updated',
    data: { email: 'Ann@Example.com', name: 'Ann Lee' },
  });
  expect((await send({ external_id: 'ann', email: null })).data.email).toBeNull();
  const audit = await api.db
    .selectFrom('audit_log')
    .selectAll()
    .where('subject_id', '=', first.data.id)
    .execute();
  expect(audit.map(({ before, after }) => [before, after])).toEqual(
    expect.arrayContaining([
      [{ name: 'Ann' }, { name: 'Ann Lee' }],
      [{ email: 'Ann@Example.com' }, { email: null }],
    ]),
  );
});

test('customers of several shops with one address have one hash of it, whatever its case', async () => {
  await send({ source: 'a', external_id: '1', email: 'Same@Example.com' });
  await send({ source: 'b', external_id: '9', email: 'same@example.COM ' });
  const rows = await api.db
    .selectFrom('customers')
    .select('email_hash')
    .where('source', 'in', ['a', 'b'])
    .execute();
  expect(rows).toHaveLength(2);
  expect(rows[0]!.email_hash!.equals(rows[1]!.email_hash!)).toBe(true);
});

test('a customer who is known by the hash of an address alone is who has that address elsewhere', async () => {
  const email_hash = createHash('sha256').update('hash@example.com').digest('hex');
  const hashed = await send({ source: 'c', external_id: 'h', email_hash: email_hash.toUpperCase() });
  expect([hashed.status, hashed.data.email, hashed.data.email_hash]).toEqual([201, null, email_hash]);
  const plain = await send({ source: 'd', external_id: 'h', email: ' Hash@Example.com' });
  expect(plain.data.email_hash).toBe(email_hash);
  const found = (await api.get('/customers?email=hash@example.com')).body.data;
  expect(found.map(({ id }: { id: string }) => id).sort()).toEqual([hashed.data.id, plain.data.id].sort());
});

test('a hash keeps the address that has it, takes the place of another, and agrees with one beside it', async () => {
  const hashOf = (email: string) => createHash('sha256').update(email).digest('hex');
  const known = async (given: object) => {
    const { outcome, data } = await send({ external_id: 'ben', ...given });
    return [outcome, data.email, data.email_hash];
  };
  const [ben, other] = ['ben@example.com', 'other@example.com'];
  expect(await known({ email: ben })).toEqual(['created', ben, hashOf(ben)]);
  expect(await known({ email_hash: hashOf(ben) })).toEqual(['unchanged', ben, hashOf(ben)]);
  expect(await known({ email: ben, email_hash: hashOf(ben) })).toEqual(['unchanged', ben, hashOf(ben)]);
  expect(await known({ email_hash: hashOf(other) })).toEqual(['updated', null, hashOf(other)]);
  expect(await known({ email: other })).toEqual(['updated', other, hashOf(other)]);
  expect(await known({ email: null, email_hash: hashOf(other) })).toEqual(['updated', null, hashOf(other)]);
  expect(await known({ email_hash: null })).toEqual(['updated', null, null]);
  for (const given of [{ email: ben, email_hash: hashOf(other) }, { email_hash: 'ben' }]) {
    expect((await send({ external_id: 'ben', ...given })).error.fields).toMatchObject([
      { path: 'email_hash' },
    ]);
  }
});

test('a customer is created once by ten senders at once', async () => {
  const replies = await Promise.all(
    Array.from({ length: 10 }, () => send({ external_id: 'crowd', name: 'Crowd' })),
  );
  expect(replies.map(({ outcome }) => outcome).sort()).toEqual(['created', ...Array(9).fill('unchanged')]);
});

test('a customer without an id or with an address that is none is refused', async () => {
  expect((await send({ name: 'Nobody' })).error.fields).toEqual([
    { path: 'external_id', message: 'is required: give text' },
  ]);
  expect((await send({ external_id: 'x', email: 'not an address' })).error.fields).toEqual([
    { path: 'email', message: 'must be an email address' },
  ]);
});
