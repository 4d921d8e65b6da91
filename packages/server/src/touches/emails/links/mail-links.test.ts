import { beforeAll, describe, expect, it } from 'vitest';
import { startApi } from '../../../../test/api.ts';
import { must } from '../../../../test/shop.ts';

const api = await startApi({ settings: { publicUrl: 'https://track.shop.example' } });
const browser = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0' };
const target = 'https://shop.example/spring?utm_source=mail&q=ä#top';

let mailing: string;
let links: { open_pixel: string; unsubscribe: string; links: { url: string; click: string }[] };

beforeAll(async () => {
  const campaign = must(await api.post('/campaigns', { name: 'Spring', platform: 'email' }), 201).data.id;
  const body = { subject: 'News', sender_email: 'brand@example.com' };
  mailing = must(await api.post(`/campaigns/${campaign}/email-campaigns`, body), 201).data.id;
  const recipients = [{ recipient_email: 'reader@example.com', urls: [target, 'http://other.example'] }];
  [links] = must(await api.post(`/email-campaigns/${mailing}/links`, { recipients }), 200).data;
});

/** Asks for a link as whoever reads the mail does. */
function follow(
  link: string,
  method: 'GET' | 'POST' | 'HEAD' = 'GET',
  headers: Record<string, string> = browser,
) {
  const { pathname } = new URL(link);
  return api.app.inject({
    method,
    url: pathname,
    headers,
    ...(method === 'POST' ? { payload: 'List-Unsubscribe=One-Click' } : {}),
  });
}

/** `sent opened clicked unsubscribed` of the mailing. */
async function counts(): Promise<string> {
  const { data } = must(await api.get(`/email-campaigns/${mailing}`), 200);
  return [data.sent, data.opened, data.clicked, data.unsubscribed].join(' ');
}

describe('the links of a mail', () => {
  it('lie at the address of the installation, name nobody, and making them records nothing', async () => {
    const all = [links.open_pixel, links.unsubscribe, ...links.links.map(({ click }) => click)];
    for (const link of all) {
      expect(link).toMatch(/^https:\/\/track\.shop\.example\/e\/[ocu]\/[\w-]+(\.gif)?$/);
      expect(Buffer.from(link, 'base64url').toString()).not.toContain('reader');
    }
    expect(await counts()).toBe('0 0 0 0');
  });

  it('show a pixel, and tell of the open', async () => {
    const reply = await follow(links.open_pixel);
    expect([reply.statusCode, reply.headers['content-type']]).toEqual([200, 'image/gif']);
    expect(reply.rawPayload.subarray(0, 6).toString()).toBe('GIF89a');
    expect(await counts()).toBe('1 1 0 0');
  });

  it('lead to their target, and tell of the click; asked for their head, they tell of nothing', async () => {
    expect((await follow(links.links[1]!.click, 'HEAD')).headers.location).toBe('http://other.example/');
    expect(await counts()).toBe('1 1 0 0');
    const reply = await follow(links.links[0]!.click);
    expect([reply.statusCode, reply.headers.location]).toEqual([302, encodeURI(target)]);
    expect(await counts()).toBe('1 1 1 0');
  });

  it('unsubscribe by a POST alone, as mail programs send it too', async () => {
    const page = await follow(links.unsubscribe);
    expect([page.statusCode, page.body]).toEqual([200, expect.stringContaining('<form method="post">')]);
    expect(await counts()).toBe('1 1 1 0');
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await follow(links.unsubscribe, 'POST', { ...browser, ...type })).statusCode).toBe(200);
    expect(await counts()).toBe('1 1 1 1');
  });

  it('of which a letter is changed lead nowhere, and one is no good for another purpose', async () => {
    const click = links.links[0]!.click;
    const changed = click.replace(/.$/, (letter) => (letter === 'A' ? 'Q' : 'A'));
    for (const link of [changed, `${click}x`, click.replace('/e/c/', '/e/u/'), 'https://x.example/e/c/x']) {
      expect((await follow(link)).statusCode, link).toBe(404);
    }
    expect((await follow(click.replace('/e/c/', '/e/u/'), 'POST')).statusCode).toBe(404);
    expect((await follow(click.replace('/e/c/', '/e/o/'))).statusCode).toBe(200);
    expect(await counts()).toBe('1 1 1 1');
  });

  it('followed by a machine are told apart', async () => {
    const recipients = [{ recipient_email: 'scanned@example.com', urls: ['https://a.example'] }];
    const [made] = must(await api.post(`/email-campaigns/${mailing}/links`, { recipients }), 200).data;
    await follow(made.links[0].click, 'GET', { 'user-agent': 'python-requests/2.31' });
    await follow(made.open_pixel, 'GET', { 'user-agent': 'Mozilla/5.0' });
    expect(must(await api.get(`/email-campaigns/${mailing}`), 200).data).toMatchObject({
      sent: 2,
      opened: 1,
      clicked: 1,
      machine_opened: 1,
      machine_clicked: 1,
    });
  });

  it.each(['javascript:alert(1)', 'shop.example', 'ftp://shop.example'])(
    'are not made to %s',
    async (url) => {
      const recipients = [{ recipient_email: 'reader@example.com', urls: [url] }];
      expect((await api.post(`/email-campaigns/${mailing}/links`, { recipients })).status).toBe(422);
    },
  );
});

describe('a mail that only its own links tell of', () => {
  const addressOf = async () => {
    const { data } = must(await api.get(`/email-campaigns/${mailing}/sends?limit=10`), 200);
    return data.map(({ recipient_email, recipient_name }: Record<string, string>) => [
      recipient_email,
      recipient_name,
    ]);
  };

  it('has no address until a file or a provider names it', async () => {
    expect(await addressOf()).toContainEqual([null, null]);
    const event = {
      kind: 'delivered',
      occurred_at: '2026-02-28T12:00:00Z',
      recipient_email: 'Reader@example.com',
      email_campaign: mailing,
    };
    must(await api.post('/email-events/batch', { items: [event] }), 200);
    expect(await addressOf()).toContainEqual(['Reader@example.com', null]);
    const items = [{ recipient_email: 'reader@example.com', recipient_name: 'Ann Reader' }];
    const { meta } = must(await api.post(`/email-campaigns/${mailing}/sends/batch`, { items }), 200);
    expect(meta.updated).toBe(1);
    expect(await addressOf()).toContainEqual(['Reader@example.com', 'Ann Reader']);
  });

  it('is told its address by a file too, once', async () => {
    const [link] = must(
      await api.post(`/email-campaigns/${mailing}/links`, {
        recipients: [{ recipient_email: 'second@example.com' }],
      }),
      200,
    ).data;
    await follow(link.open_pixel);
    const items = [{ recipient_email: 'second@example.com' }];
    const told = () => api.post(`/email-campaigns/${mailing}/sends/batch`, { items });
    expect(must(await told(), 200).meta.updated).toBe(1);
    expect(must(await told(), 200).meta.unchanged).toBe(1);
    expect(await addressOf()).toContainEqual(['second@example.com', null]);
  });
});
