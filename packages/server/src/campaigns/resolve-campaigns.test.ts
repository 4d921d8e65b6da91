import { expect, it } from 'vitest';
import { startApi } from '../../test/api.ts';
import { resolveCampaigns, routes } from './index.ts';

const api = await startApi({ routes });

async function create(fields: Record<string, unknown>) {
  return (await api.post('/campaigns', { platform: 'google', ...fields })).body.data;
}

it('a campaign is found by id, tracking code, id at the ad platform or name, in this order', async () => {
  const a = await create({ name: 'Spring', tracking_code: 'SPRING-1', metadata: { external_id: '4711' } });
  const b = await create({ name: '4711', tracking_code: 'Other' });
  const c = await create({ name: 'Autumn' });
  const words = [a.id.toUpperCase(), 'spring-1', '4711', 'Spring', 'OTHER', 'Autumn', 'Autumn'];
  const found = await resolveCampaigns(api.db, words);
  expect(found.map((each) => 'campaign' in each && each.campaign.id)).toEqual(
    [a, a, a, a, b, c, c].map(({ id }) => id),
  );
  expect(found[0]).toEqual({
    campaign: { id: a.id, name: 'Spring', tracking_code: 'SPRING-1', currency: 'EUR' },
  });
});

it('a word that means none, or several, says so', async () => {
  await create({ name: 'Twice', tracking_code: 'TWICE-1' });
  await create({ name: 'Twice', tracking_code: 'TWICE-2' });
  expect(await resolveCampaigns(api.db, ['twice-2', 'Twice', 'Nothing'])).toMatchObject([
    { campaign: { tracking_code: 'TWICE-2' } },
    { fault: 'could mean 2 campaigns; use a tracking code: TWICE-1, TWICE-2' },
    { fault: expect.stringContaining('Nothing is no id') },
  ]);
});
