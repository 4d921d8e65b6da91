import { describe, expect, it } from 'vitest';
import { openBrowser } from '../../../test/browser.ts';
import { startServer } from '../../../test/server.ts';
import { routes } from '../index.ts';

const api = await startServer({ routes });
const password = 'correct horse battery';
const admin = await api.post('/users', {
  email: 'admin@shop.example',
  name: 'Admin',
  role: 'admin',
  password,
});

const ada = { email: 'ada@shop.example', name: 'Ada Lovelace', role: 'analyst' };
const fieldsOf = (reply: { body: { error: { fields: { path: string; message: string }[] } } }) =>
  reply.body.error.fields.map(({ path, message }) => `${path} ${message}`);

describe('a user', () => {
  it('has an address of their own, however it is typed', async () => {
    const made = await api.post('/users', { ...ada, email: 'Ada@Shop.example', password });
    expect(made.status).toBe(201);
    expect(made.body.data).toEqual({
      id: made.body.data.id,
      email: 'ada@shop.example',
      name: 'Ada Lovelace',
      role: 'analyst',
      scope_kind: null,
      owner_scope: null,
      created_at: '2026-03-01T12:00:00.000Z',
      updated_at: '2026-03-01T12:00:00.000Z',
      last_signed_in_at: null,
      disabled_at: null,
    });
    const again = await api.post('/users', { ...ada, email: 'ADA@shop.EXAMPLE', password });
    expect(again.status).toBe(409);
    expect(fieldsOf(again)).toEqual([
      'email belongs to another user; change that one, or take another address',
    ]);
    const taken = await api.patch(`/users/${made.body.data.id}`, { email: 'admin@shop.example' });
    expect(taken.status).toBe(409);
    expect((await api.post('/users', { ...ada, email: 'no address' })).status).toBe(422);
  });

  it.each([
    ['short', 'must have at least 10 characters; it has 5'],
    ['x'.repeat(201), 'must have at most 200 characters'],
    ['aaaaaabbbb', 'must have at least four different characters'],
    ['1234567890', 'is one of the most common passwords'],
    ['Password123', 'is one of the most common passwords'],
    ['QWERTYUIOP', 'is one of the most common passwords'],
    ['AdaLovelace', 'must not be made of the name'],
    ['Ada Lovelace', 'must not be made of the name'],
    ['weak@shop.example', 'must not be made of the name'],
    ['Ada Lovelace1', 'must not be made of the name'],
    ['schönes Wetter heute', undefined],
  ])('with the password %s is refused or not: %s', async (given, refusal) => {
    const email =
      refusal === undefined ? `${encodeURI(given).slice(0, 6)}@shop.example` : 'weak@shop.example';
    const reply = await api.post('/users', { ...ada, email: email.replace('%', 'p'), password: given });
    if (refusal === undefined) expect(reply.status, reply.text).toBe(201);
    else expect(fieldsOf(reply)).toEqual([expect.stringContaining(`password ${refusal}`)]);
  });

  it('who stands for somebody needs to be told for whom, and nobody else does', async () => {
    const nobody = await api.post('/users', { ...ada, email: 'b@brand.example', role: 'brand' });
    expect(fieldsOf(nobody)).toEqual([
      'owner_scope is required for the role brand: name the owner of their campaigns, such as ["Acme"]',
    ]);
    const analyst = await api.post('/users', { ...ada, email: 'c@brand.example', owner_scope: ['Acme'] });
    expect(fieldsOf(analyst)[0]).toContain('owner_scope is not taken for the role analyst');

    const brand = await api.post('/users', {
      ...ada,
      email: 'b@brand.example',
      role: 'brand',
      owner_scope: ['Acme', 'Zeta', 'Acme'],
    });
    expect(brand.body.data).toMatchObject({ scope_kind: 'owner', owner_scope: ['Acme', 'Zeta'] });
    const path = `/users/${brand.body.data.id}`;
    expect((await api.patch(path, { name: 'B' })).body.data.owner_scope).toEqual(['Acme', 'Zeta']);
    expect((await api.patch(path, { role: 'retailer' })).status).toBe(422);
    const retailer = await api.patch(path, { role: 'retailer', owner_scope: ['Zalando'] });
    expect(retailer.body.data).toMatchObject({ scope_kind: 'retailer', owner_scope: ['Zalando'] });
    expect((await api.patch(path, { role: 'analyst' })).body.data.scope_kind).toBeNull();
  });

  it('is changed field by field, with what was before and after in the audit log, and no password', async () => {
    const { body } = await api.post('/users', { ...ada, email: 'change@shop.example', password });
    const path = `/users/${body.data.id}`;
    api.clock.advance(1000);
    await api.patch(path, { name: 'Ada King', role: 'marketing_manager', password: 'a brand new password' });
    await api.patch(path, { name: 'Ada King' });
    const { body: audit } = await api.get(`/audit?subject_kind=user&subject_id=${body.data.id}`);
    expect(audit.data.map((entry: { action: string }) => entry.action)).toEqual([
      'user.update',
      'user.create',
    ]);
    expect(audit.data[0]).toMatchObject({
      actor: 'key:admin',
      before: { name: 'Ada Lovelace', role: 'analyst', password: 'as it was' },
      after: { name: 'Ada King', role: 'marketing_manager', password: 'another' },
    });
    expect(JSON.stringify(audit)).not.toContain('brand new');
  });

  it('who never signed in can be removed, who did is disabled', async () => {
    const never = await api.post('/users', { ...ada, email: 'never@shop.example', password });
    expect((await api.delete(`/users/${never.body.data.id}`)).status).toBe(200);
    expect((await api.delete(`/users/${never.body.data.id}`)).status).toBe(404);

    const known = await api.post('/users', { ...ada, email: 'known@shop.example', password });
    await openBrowser(api).signIn('known@shop.example', password);
    const removed = await api.delete(`/users/${known.body.data.id}`);
    expect(removed.body.data.disabled_at).toBe(api.clock.now().toISOString());
    expect((await api.get('/users')).text).toContain('known@shop.example');
    expect((await openBrowser(api).signIn('known@shop.example', password)).status).toBe(401);
  });

  it('who is the last admin cannot be disabled, removed or demoted, also by two at once', async () => {
    const path = `/users/${admin.body.data.id}`;
    for (const attempt of [
      () => api.patch(path, { disabled: true }),
      () => api.patch(path, { role: 'analyst' }),
      () => api.delete(path),
    ]) {
      const reply = await attempt();
      expect(reply.status).toBe(409);
      expect(reply.body.error.message).toBe(
        'This is the last admin who can sign in. Make another one first.',
      );
    }
    const second = await api.post('/users', {
      ...ada,
      email: 'second@shop.example',
      role: 'admin',
      password,
    });
    const both = await Promise.all([
      api.patch(path, { disabled: true }),
      api.patch(`/users/${second.body.data.id}`, { disabled: true }),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  });

  it('is changed only by who may do as much as they', async () => {
    const { body: key } = await api.post('/api-keys', {
      name: 'HR',
      permissions: ['people:read', 'people:write'],
    });
    const as = { authorization: `Bearer ${key.data.key}` };
    const made = await api.post(
      '/users',
      { ...ada, email: 'self@shop.example', role: 'admin', password },
      as,
    );
    expect(made.status).toBe(403);
    expect((await api.patch(`/users/${admin.body.data.id}`, { password }, as)).status).toBe(403);
    expect((await api.delete(`/users/${admin.body.data.id}`, as)).status).toBe(403);
  });
});
