import { describe, expect, it } from 'vitest';
import { startServer } from '../../test/server.ts';
import { routes } from './index.ts';

const api = await startServer({ routes });

const as = (key: string) => ({ authorization: `Bearer ${key}` });

describe('an API key', () => {
  it('is shown once and then only by its prefix', async () => {
    const made = await api.post('/api-keys', { name: 'Shop server', role: 'analyst' });
    expect(made.status).toBe(201);
    expect(made.body.data.key).toMatch(/^tsk_[\w-]{43}$/);

    const listed = await api.get('/api-keys');
    expect(listed.text).not.toContain(made.body.data.key);
    expect(listed.body.data[0]).toMatchObject({
      id: made.body.data.id,
      prefix: made.body.data.key.slice(0, 10),
      role: 'analyst',
      last_used_at: null,
    });
  });

  it('opens what its role may do and nothing else', async () => {
    const { body } = await api.post('/api-keys', { name: 'Reader', role: 'analyst' });
    expect((await api.get('/audit', as(body.data.key))).status).toBe(200);
    const refused = await api.post('/api-keys', { name: 'More', role: 'admin' }, as(body.data.key));
    expect(refused.status).toBe(403);
    expect(refused.body.error).toEqual({
      code: 'forbidden',
      message: 'This key lacks the permission people:write.',
    });
  });

  it('can be limited to named permissions', async () => {
    const { body } = await api.post('/api-keys', { name: 'Audit only', permissions: ['audit:read'] });
    expect(body.data).toMatchObject({ role: null, permissions: ['audit:read'] });
    expect((await api.get('/audit', { 'x-api-key': body.data.key, authorization: '' })).status).toBe(200);
    expect((await api.get('/api-keys', as(body.data.key))).status).toBe(403);
  });

  it('cannot be given what its maker lacks', async () => {
    const maker = await api.post('/api-keys', { name: 'Maker', permissions: ['people:write', 'audit:read'] });
    const refused = await api.post('/api-keys', { name: 'Admin', role: 'admin' }, as(maker.body.data.key));
    expect(refused.status).toBe(403);
    expect(refused.body.error.message).toContain('campaigns:write');
    const allowed = await api.post(
      '/api-keys',
      { name: 'Same', permissions: ['audit:read'] },
      as(maker.body.data.key),
    );
    expect(allowed.status).toBe(201);
  });

  it('needs a role or permissions, one of the two', async () => {
    const neither = await api.post('/api-keys', { name: 'Nothing' });
    expect(neither.status).toBe(422);
    expect(neither.body.error.fields).toEqual([
      { path: 'role', message: 'give either a role or permissions, not both' },
    ]);
    const misspelt = await api.post('/api-keys', { name: 'Typo', role: 'analist' });
    expect(misspelt.body.error.fields[0].message).toContain('did you mean analyst?');
  });

  it('can be limited to what is of an owner or a retailer, and that is shown', async () => {
    const brand = await api.post('/api-keys', { name: 'Acme', role: 'brand', owner_scope: ['Acme'] });
    expect(brand.body.data).toMatchObject({ role: 'brand', scope_kind: 'owner', owner_scope: ['Acme'] });
    const state = await api.get('/session', as(brand.body.data.key));
    expect(state.body.data).toMatchObject({ user: null, scope: { kind: 'owner', names: ['Acme'] } });

    const named = { name: 'Orders of Z', permissions: ['orders:read'] };
    const orders = await api.post('/api-keys', { ...named, scope_kind: 'retailer', owner_scope: ['Z'] });
    expect(orders.body.data).toMatchObject({ scope_kind: 'retailer', owner_scope: ['Z'] });

    for (const broken of [
      { name: 'Nobody', role: 'brand' },
      { name: 'Everybody', role: 'analyst', owner_scope: ['Acme'] },
      { ...named, owner_scope: ['Z'] },
      { ...named, scope_kind: 'retailer' },
      { name: 'Both', role: 'brand', scope_kind: 'owner', owner_scope: ['Acme'] },
    ]) {
      expect((await api.post('/api-keys', broken)).status, JSON.stringify(broken)).toBe(422);
    }
  });

  it('that stands for somebody without saying for whom sees nothing', async () => {
    const made = await api.post('/api-keys', { name: 'Old', role: 'retailer', owner_scope: ['Z'] });
    await api.pool.query('update api_keys set scope_kind = null, owner_scope = null where id = $1', [
      made.body.data.id,
    ]);
    const state = await api.get('/session', as(made.body.data.key));
    expect(state.body.data.scope).toEqual({ kind: 'retailer', names: [] });
  });

  it('is of no use once revoked, and can be revoked twice', async () => {
    const { body } = await api.post('/api-keys', { name: 'Short-lived', role: 'analyst' });
    expect((await api.get('/audit', as(body.data.key))).status).toBe(200);
    const revoked = await api.delete(`/api-keys/${body.data.id}`);
    expect(revoked.status).toBe(200);
    expect((await api.get('/audit', as(body.data.key))).status).toBe(401);

    api.clock.advance(1000);
    const again = await api.delete(`/api-keys/${body.data.id}`);
    expect(again.body.data).toEqual(revoked.body.data);
  });

  it('that never was cannot be revoked', async () => {
    const unknown = await api.delete('/api-keys/0192f7a0-0000-7000-8000-000000000000');
    expect(unknown.status).toBe(404);
    expect((await api.delete('/api-keys/abc')).status).toBe(404);
  });

  it('notes its last use at most once a minute', async () => {
    const { body } = await api.post('/api-keys', { name: 'Used', role: 'analyst' });
    const lastUse = async () => {
      const { body: list } = await api.get('/api-keys');
      return list.data.find((key: { id: string }) => key.id === body.data.id).last_used_at;
    };
    const first = api.clock.now().toISOString();
    await api.get('/audit', as(body.data.key));
    expect(await lastUse()).toBe(first);
    api.clock.advance(59_000);
    await api.get('/audit', as(body.data.key));
    expect(await lastUse()).toBe(first);
    api.clock.advance(2_000);
    await api.get('/audit', as(body.data.key));
    expect(await lastUse()).toBe(api.clock.now().toISOString());
  });

  it('takes no Idempotency-Key, since its answer is kept nowhere', async () => {
    const refused = await api.post(
      '/api-keys',
      { name: 'Kept?', role: 'analyst' },
      { 'idempotency-key': 'k1' },
    );
    expect(refused.status).toBe(422);
    expect(refused.body.error.fields[0].path).toBe('Idempotency-Key');
  });
});
