import { describe, expect, it } from 'vitest';
import { startApi } from '../../test/api.ts';
import { must } from '../../test/shop.ts';

const api = await startApi();

async function create(name: string, fields: Record<string, unknown> = {}) {
  return must(await api.post('/partners', { kind: 'retailer', name, ...fields }), 201).data;
}

async function namesOf(query = '', headers?: Record<string, string>): Promise<string[]> {
  return must(await api.get(`/partners${query}`, headers), 200).data.map(
    ({ name }: { name: string }) => name,
  );
}

describe('a partner', () => {
  it('is created, shown and changed, and both are in the audit log', async () => {
    const made = await create('Westime', {
      region: 'West',
      email: 'hello@westime.example',
      aliases: ['W-7'],
    });
    expect(made).toMatchObject({ kind: 'retailer', region: 'West', active: true, aliases: ['W-7'] });

    const changed = await api.patch(`/partners/${made.id}`, { region: null, aliases: ['W-7', 'Westime LA'] });
    expect(changed.body.data).toMatchObject({
      name: 'Westime',
      region: null,
      aliases: ['W-7', 'Westime LA'],
    });
    expect((await api.get(`/partners/${made.id}`)).body.data).toEqual(changed.body.data);

    const { data } = must(await api.get(`/audit?subject_id=${made.id}`), 200);
    expect(data.map(({ action, before }: Record<string, unknown>) => [action, before])).toEqual([
      ['partner.update', { region: 'West', aliases: ['W-7'] }],
      ['partner.create', null],
    ]);
  });

  it('keeps its names to itself within its kind, whatever their case', async () => {
    const taken = await create('Cellini', { aliases: ['cel-1'] });
    const other = await create('Shreve');
    for (const attempt of [
      await api.post('/partners', { kind: 'retailer', name: 'CELLINI ' }),
      await api.post('/partners', { kind: 'retailer', name: 'New', aliases: ['CEL-1'] }),
      await api.patch(`/partners/${other.id}`, { aliases: ['cellini'] }),
    ]) {
      expect(attempt).toMatchObject({ status: 409, body: { error: { code: 'conflict' } } });
    }
    expect((await create('Cellini', { kind: 'brand' })).id).not.toBe(taken.id);
  });

  it('changes nothing, and says nothing, when it is sent as it is', async () => {
    const made = await create('Fields', { region: 'Central' });
    const same = await api.patch(`/partners/${made.id}`, { name: 'Fields', region: 'Central' });
    expect(same.body.data).toEqual(made);
  });

  it('is refused with every fault named', async () => {
    const reply = await api.post('/partners', { kind: 'shop', name: '', email: 'nowhere', colour: 'red' });
    expect(reply.status).toBe(422);
    expect(reply.body.error.fields.map(({ path }: { path: string }) => path).sort()).toEqual([
      'colour',
      'email',
      'kind',
      'name',
    ]);
  });
});

describe('the list of partners', () => {
  it('is ordered by name, filtered, searched and paged', async () => {
    await create('Zeta One', { region: 'Zeta' });
    await create('Zeta Two', { region: 'Zeta', active: false, aliases: ['zz-2'] });
    await create('Zeta Brand', { region: 'Zeta', kind: 'brand' });
    expect(await namesOf('?region=Zeta')).toEqual(['Zeta Brand', 'Zeta One', 'Zeta Two']);
    expect(await namesOf('?region=Zeta&kind=retailer&active=true')).toEqual(['Zeta One']);
    expect(await namesOf('?search=ZZ-')).toEqual(['Zeta Two']);
    const first = must(await api.get('/partners?region=Zeta&limit=2'), 200);
    expect(await namesOf(`?region=Zeta&limit=2&cursor=${first.meta.next_cursor}`)).toEqual(['Zeta Two']);
  });

  it('shows a retailer itself, by whatever it is called, and nobody else', async () => {
    const own = await create('Ben Bridge', { aliases: ['bb-12'] });
    const other = await create('Tourneau');
    const key = must(
      await api.post('/api-keys', { name: 'bb', role: 'retailer', owner_scope: ['BB-12'] }),
      201,
    ).data.key;
    const headers = { authorization: `Bearer ${key}` };
    expect(await namesOf('', headers)).toEqual(['Ben Bridge']);
    expect((await api.get(`/partners/${own.id}`, headers)).status).toBe(200);
    expect((await api.get(`/partners/${other.id}`, headers)).status).toBe(404);
  });
});
