import { describe, expect, it } from 'vitest';
import { startApi } from '../../test/api.ts';
import { day } from '../../test/story-days.ts';
import { routes } from './index.ts';

const api = await startApi({ routes, now: '2026-03-01T00:00:00Z' });

async function create(name: string, fields: Record<string, unknown> = {}) {
  api.clock.advance(1000);
  const { body } = await api.post('/campaigns', { name, platform: 'facebook', starts_at: day(5), ...fields });
  return body.data.id as string;
}

async function names(query: string) {
  const { body } = await api.get(`/campaigns?${query}`);
  return body.data.map(({ name }: { name: string }) => name);
}

const alpha = await create('alpha', {
  platform: 'instagram',
  campaign_type: 'reel',
  owner: 'Acme',
  activate: true,
});
await create('Beta 100%', { parent_campaign_id: alpha, platform: 'tiktok', ends_at: day(8), activate: true });
await create('gamma', { parent_campaign_id: alpha, starts_at: day(20), tracking_code: 'CODE_X' });
const delta = await create('Delta', { starts_at: day(2), activate: true });
api.clock.set(day(10));
await api.put(`/campaigns/${delta}/deactivate`);
api.clock.set(day(12));

describe('the list of campaigns', () => {
  // biome-ignore format: a story table is read by its columns
  it.each([
    ['shows the latest first',             '',                                   ['Delta', 'gamma', 'Beta 100%', 'alpha']],
    ['by name, capitals or not',           'sort=name',                          ['alpha', 'Beta 100%', 'Delta', 'gamma']],
    ['by start, earliest first',           'sort=starts_at&order=asc',           ['Delta', 'alpha', 'Beta 100%', 'gamma']],
    ['by last change',                     'sort=updated_at',                    ['Delta', 'gamma', 'Beta 100%', 'alpha']],
    ['of a status as it reads today',      'status=running',                     ['alpha']],
    ['of a status that nobody set',        'status=ended',                       ['Beta 100%']],
    ['of several statuses',                'status=draft,paused',                ['Delta', 'gamma']],
    ['of a platform',                      'platform=tiktok,instagram',          ['Beta 100%', 'alpha']],
    ['of a type',                          'campaign_type=reel',                 ['alpha']],
    ['of an owner',                        'owner=Acme',                         ['alpha']],
    ['below a parent',                     `parent_campaign_id=${alpha}`,        ['gamma', 'Beta 100%']],
    ['below none',                         'parent_campaign_id=none',            ['Delta', 'alpha']],
    ['with a word in the name',            'search=ALPH',                        ['alpha']],
    ['with a word in the code',            'search=code_',                       ['gamma']],
    ['with a word that is a pattern',      'search=0%25',                        ['Beta 100%']],
    ['that ran in a range',                'from=2026-03-08T00:00:00Z&to=2026-03-10T00:00:00Z', ['Delta', 'alpha']],
    ['that ran on the last instant only',  'from=2026-03-07T23:59:59Z&to=2026-03-08T00:00:00Z', ['Delta', 'Beta 100%', 'alpha']],
    ['that start in a range, though drafts', 'from=2026-03-15T00:00:00Z',        ['gamma', 'alpha']],
    // Day 20 begins at 23:00 UTC of the 19th in Berlin.
    ['that start on a day of the shop',    'from=2026-03-20&to=2026-03-20&status=draft', ['gamma']],
    ['that ran before a day was over',     'to=2026-03-01',                      []],
  ])('%s', async (_, query, expected) => {
    expect(await names(query)).toEqual(expected);
  });

  it.each(['created_at', 'updated_at', 'starts_at', 'name'])(
    'by %s is the same page by page',
    async (sort) => {
      for (const order of ['asc', 'desc']) {
        const whole = await names(`sort=${sort}&order=${order}`);
        const paged: string[] = [];
        let cursor = '';
        do {
          const { body } = await api.get(`/campaigns?sort=${sort}&order=${order}&limit=1${cursor}`);
          paged.push(...body.data.map(({ name }: { name: string }) => name));
          cursor = body.meta.next_cursor === null ? '' : `&cursor=${body.meta.next_cursor}`;
        } while (cursor !== '');
        expect(paged).toEqual(whole);
      }
    },
  );

  it('hides what is archived unless asked', async () => {
    const id = await create('hidden');
    expect((await api.put(`/campaigns/${id}/archive`)).body.data.archived_at).toBe(
      api.clock.now().toISOString(),
    );
    expect(await names('search=hidden')).toEqual([]);
    expect(await names('search=hidden&archived=all')).toEqual(['hidden']);
    expect(await names('archived=true')).toEqual(['hidden']);
    expect((await api.put(`/campaigns/${id}/archive`)).status).toBe(200);
    expect((await api.put(`/campaigns/${id}/unarchive`)).body.data.archived_at).toBeNull();
    expect(await names('search=hidden')).toEqual(['hidden']);
    const actions = (await api.get(`/campaigns/${id}/history`)).body.data.map(
      ({ action }: { action: string }) => action,
    );
    expect(actions).toEqual(['campaign.unarchive', 'campaign.archive', 'campaign.create']);
  });

  // biome-ignore format: a story table is read by its columns
  it.each([
    ['status=active',            422, 'status.0',    /draft, running, paused, ended/],
    ['platform=meta',            422, 'platform.0',  /facebook/],
    ['sort=spend',               422, 'sort',        /created_at/],
    ['archived=yes',             422, 'archived',    /all/],
    ['from=yesterday',           422, 'from',        /calendar day/],
    ['limit=0',                  422, 'limit',       /at least 1/],
    ['colour=red',               422, 'colour',      /not a known field/],
    ['cursor=abc',               400, 'cursor',      /meta.next_cursor/],
  ])('is refused with %s', async (query, code, path, message) => {
    const { status, body } = await api.get(`/campaigns?${query}`);
    expect(status).toBe(code);
    expect(body.error.fields).toEqual([{ path, message: expect.stringMatching(message) }]);
  });

  it('goes on only in the order it began', async () => {
    const { body } = await api.get('/campaigns?limit=1&sort=name');
    expect((await api.get(`/campaigns?limit=1&cursor=${body.meta.next_cursor}`)).status).toBe(400);
  });

  it('of children of a campaign that is none is answered so', async () => {
    expect((await api.get('/campaigns/019ca945-0a00-75ba-a94c-b3799b2bbc00/children')).status).toBe(404);
  });
});
