import { describe, expect, it } from 'vitest';
import { startApi } from '../../../test/api.ts';
import { must } from '../../../test/shop.ts';
import { temporaryFiles } from '../../../test/temporary-files.ts';
import { type ImportRequest, importFiles } from './import-files.ts';

const api = await startApi();
const file = await temporaryFiles();

const campaign = must(await api.post('/campaigns', { name: 'Spring', platform: 'email' }), 201).data.id;
const mailing = must(
  await api.post(`/campaigns/${campaign}/email-campaigns`, {
    subject: 'News',
    sender_email: 'brand@example.com',
    external_id: 'news-1',
  }),
  201,
).data.id;
must(await api.post('/partners', { kind: 'retailer', name: 'Westime', aliases: ['W-7'] }), 201);

function run(kind: ImportRequest['kind'], path: string, mapping?: string) {
  const request = { kind, files: [path], mapping, dryRun: false, rejectsFile: undefined };
  return importFiles(api.db, request, {
    clock: api.clock,
    actor: 'cli',
    currency: 'EUR',
    visitWindowDays: 30,
  });
}

describe('importing sends', () => {
  const header =
    'email_campaign,recipient_email,retailer,sent_at,delivered_at,opened_at,clicked_at,status,bounce_reason';
  const rows = [
    'news-1,a@example.com,W-7,2026-02-01T12:00:00Z,2026-02-01T12:00:09Z,2026-02-01T13:00:00Z,2026-02-01T13:01:00Z,,',
    `${mailing},b@example.com,Westime,2026-02-01T12:00:00Z,,,,bounced,unknown user`,
    'news-1,c@example.com,,2026-02-01T12:00:00Z,,,,delivered,',
    'news-2,d@example.com,,2026-02-01T12:00:00Z,,,,,',
    'news-1,e@example.com,Nobody,2026-02-01T12:00:00Z,,,,,',
  ];

  it('takes columns as the API names them, names what it refuses, and changes nothing when repeated', async () => {
    const path = await file('sends.csv', [header, ...rows].join('\n'));
    const summary = await run('sends', path);
    expect(summary).toMatchObject({ records: 5, created: 3, rejected: 2 });
    expect(summary.first_rejections).toMatchObject([
      {
        line: 5,
        field: 'email_campaign',
        reason: expect.stringContaining('names no email campaign: news-2'),
      },
      { line: 6, field: 'retailer', reason: expect.stringContaining('names no retailer: Nobody') },
    ]);
    expect(await run('sends', path)).toMatchObject({ created: 0, updated: 0, unchanged: 3, rejected: 2 });
    expect(must(await api.get(`/email-campaigns/${mailing}`), 200).data).toMatchObject({
      sent: 3,
      delivered: 2,
      opened: 1,
      clicked: 1,
      bounced: 1,
    });
  });

  it('takes a mapping that also says what holds for other kinds', async () => {
    const mapping = await file(
      'mapping.yaml',
      'source: myshop\ncurrency: EUR\nsends:\n  time_zone: Europe/Berlin\n  fields:\n    email_campaign: { value: news-1 }\n    recipient_email: mail\n    sent_at: { column: sent, format: "dd.MM.yyyy HH:mm" }\n',
    );
    const path = await file('mapped.csv', 'mail,sent\nm@example.com,01.02.2026 13:00\n');
    expect(await run('sends', path, mapping)).toMatchObject({ created: 1, rejected: 0 });
    const { data } = must(await api.get(`/email-campaigns/${mailing}/sends?recipient=m@`), 200);
    expect(data).toMatchObject([{ sent_at: '2026-02-01T12:00:00.000Z' }]);
  });
});

describe('importing conversions', () => {
  it('records sales as orders, and all of them once', async () => {
    const path = await file(
      'conversions.ndjson',
      [
        {
          external_id: 'n1',
          kind: 'sale',
          value: 41.5,
          converted_at: '2026-02-01T12:00:00Z',
          campaign: 'Spring',
        },
        { external_id: 'n2', kind: 'lead', converted_at: '2026-02-01T12:00:00Z', campaign: 'Spring' },
        { external_id: 'n3', kind: 'sale', converted_at: '2026-02-01T12:00:00Z' },
      ]
        .map((row) => JSON.stringify(row))
        .join('\n'),
    );
    expect(await run('conversions', path)).toMatchObject({ created: 2, rejected: 1 });
    expect(await run('conversions', path)).toMatchObject({ created: 0, unchanged: 2 });
    const { data } = must(await api.get('/orders'), 200);
    expect(data).toMatchObject([{ external_id: 'n1', total: 41.5, received_via: 'import' }]);
  });

  it('reads them from columns too', async () => {
    const path = await file(
      'conversions.csv',
      'external_id,kind,value,converted_at,campaign,order.source,order.external_id\nc1,sale,10,2026-02-01T12:00:00Z,Spring,shop,s-9\n',
    );
    expect(await run('conversions', path)).toMatchObject({ created: 1, rejected: 0 });
    const { data } = must(await api.get('/conversions?external_id=c1'), 200);
    expect(data).toMatchObject([{ names_order: true, value: 10 }]);
  });
});
