import { beforeAll, describe, expect, it } from 'vitest';
import { startApi } from '../../../test/api.ts';
import { temporaryFiles } from '../../../test/temporary-files.ts';
import { importFiles } from './import-files.ts';

const api = await startApi();
const file = await temporaryFiles();
const campaigns = new Map<string, string>();

beforeAll(async () => {
  for (const campaign of [
    { name: 'Spring shoes', tracking_code: 'SPRING', metadata: { external_id: '9935249409' } },
    { name: 'Autumn coats', tracking_code: 'AUTUMN', currency: 'USD' },
    { name: 'Twice' },
    { name: 'Twice' },
  ]) {
    const reply = await api.post('/campaigns', { platform: 'google', campaign_type: 'ad', ...campaign });
    campaigns.set(campaign.name, reply.body.data.id);
  }
});

async function run(csv: string, map?: string) {
  const request = {
    kind: 'spend' as const,
    files: [await file('spend.csv', csv)],
    mapping: map === undefined ? undefined : await file('mapping.yaml', map),
    dryRun: false,
    rejectsFile: undefined,
  };
  return importFiles(api.db, request, {
    clock: api.clock,
    actor: 'cli',
    currency: 'EUR',
    visitWindowDays: 30,
  });
}

/** Days, amounts and kinds of a campaign's spend, as `2026-03-01 10 EUR google_ads entry`. */
async function spend(campaign: string, source: string): Promise<string[]> {
  const { body } = await api.get(`/campaigns/${campaigns.get(campaign)}/spend?source=${source}`);
  return body.data
    .map((each: Record<string, unknown>) => `${each.day} ${each.amount} ${each.currency} ${each.kind}`)
    .sort();
}

describe('importing spend', () => {
  it('finds campaigns by tracking code, id, id at the ad platform and name', async () => {
    const summary = await run(
      [
        'campaign,day,amount,source',
        'spring,2026-03-01,1.5,names',
        `${campaigns.get('Spring shoes')},2026-03-02,2,names`,
        '9935249409,2026-03-03,3,names',
        'Autumn coats,2026-03-03,4,names',
        'Winter hats,2026-03-03,5,names',
        'Twice,2026-03-03,6,names',
      ].join('\n'),
    );
    expect(summary).toMatchObject({ records: 6, created: 4, rejected: 2 });
    expect(summary.first_rejections).toMatchObject([
      { line: 6, field: 'campaign', reason: expect.stringContaining('names no campaign: Winter hats') },
      { line: 7, field: 'campaign', reason: expect.stringContaining('could mean 2 campaigns') },
    ]);
    expect(await spend('Spring shoes', 'names')).toEqual([
      '2026-03-01 1.5 EUR entry',
      '2026-03-02 2 EUR entry',
      '2026-03-03 3 EUR entry',
    ]);
    expect(await spend('Autumn coats', 'names')).toEqual(['2026-03-03 4 USD entry']);
  });

  const google = `
source: google_ads
spend:
  fields:
    campaign: id
    day: date
    amount: { column: cost_micros, divide_by: 1000000, round: 2 }
`;

  it('adds up what a day is split into, rounds once, and repeats without a change', async () => {
    // 0.334 + 0.333 + 0.333 are 1.00; each rounded alone they would be 0.99.
    const csv = [
      'id,date,device,cost_micros',
      '9935249409,2026-03-01,MOBILE,334000',
      '9935249409,2026-03-02,MOBILE,36150000',
      'SPRING,2026-03-01,DESKTOP,333000',
      '9935249409,2026-03-01,TABLET,333000',
    ].join('\n');
    expect(await run(csv, google)).toMatchObject({ records: 2, created: 2, rejected: 0 });
    expect(await spend('Spring shoes', 'google_ads')).toEqual([
      '2026-03-01 1 EUR entry',
      '2026-03-02 36.15 EUR entry',
    ]);
    expect(await run(csv, google)).toMatchObject({ records: 2, created: 0, unchanged: 2 });
  });

  it('corrects a day that is imported again', async () => {
    const csv = 'id,date,device,cost_micros\n9935249409,2026-03-02,ALL,30000000';
    expect(await run(csv, google)).toMatchObject({ records: 1, updated: 1 });
    expect(await spend('Spring shoes', 'google_ads')).toEqual([
      '2026-03-01 1 EUR entry',
      '2026-03-02 -6.15 EUR correction',
      '2026-03-02 36.15 EUR entry',
    ]);
  });

  it('leaves a day out whole when a part of it cannot be read', async () => {
    const summary = await run(
      [
        'id,date,device,cost_micros',
        '9935249409,2026-03-05,MOBILE,1000000',
        '9935249409,2026-03-05,DESKTOP,lots',
        '9935249409,2026-03-06,MOBILE,2000000',
        '9935249409,6 March,MOBILE,3000000',
      ].join('\n'),
      google,
    );
    expect(summary).toMatchObject({ records: 4, created: 1, rejected: 3 });
    expect(summary.first_rejections).toMatchObject([
      { line: 3, field: 'amount', column: 'cost_micros' },
      { line: 5, field: 'day', column: 'date' },
      { line: 2, field: 'amount', reason: expect.stringContaining('since spend.csv:3 cannot be read') },
    ]);
    expect((await spend('Spring shoes', 'google_ads')).filter((row) => row.startsWith('2026-03-05'))).toEqual(
      [],
    );
  });

  it('refuses an amount finer than its currency, or negative', async () => {
    const summary = await run('campaign,day,amount\nSPRING,2026-03-01,1.234\nSPRING,2026-03-02,-1');
    expect(summary.first_rejections.map(({ reason }) => reason)).toEqual([
      'must be an amount of EUR with at most 2 decimals; round it before you send it',
      'must not be negative',
    ]);
  });
});
