import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { startApi } from '../../../test/api.ts';
import { jobsIn } from '../../../test/jobs-in.ts';
import { must } from '../../../test/shop.ts';
import { fillRollups } from '../../jobs/index.ts';
import { emailHash } from '../../vocabulary/email-hash.ts';
import { findWrongSums, readEmailTouches, rebuildSums } from '../index.ts';

const api = await startApi();

async function campaign(name: string, fields: Record<string, unknown> = {}): Promise<string> {
  return must(await api.post('/campaigns', { name, platform: 'email', ...fields }), 201).data.id;
}

async function mailing(fields: Record<string, unknown> = {}, campaignId?: string): Promise<string> {
  const id = campaignId ?? (await campaign('Spring'));
  const body = { subject: 'News', sender_email: 'brand@example.com', ...fields };
  return must(await api.post(`/campaigns/${id}/email-campaigns`, body), 201).data.id;
}

async function send(mailingId: string, items: Record<string, unknown>[]) {
  return must(await api.post(`/email-campaigns/${mailingId}/sends/batch`, { items }), 200);
}

async function tell(items: Record<string, unknown>[]) {
  return must(await api.post('/email-events/batch', { items }), 200);
}

/** `sent delivered opened clicked machine_opened machine_clicked bounced` of a mailing. */
async function counts(mailingId: string): Promise<string> {
  const { data } = must(await api.get(`/email-campaigns/${mailingId}`), 200);
  const names = ['sent', 'delivered', 'opened', 'clicked', 'machine_opened', 'machine_clicked', 'bounced'];
  return names.map((name) => data[name]).join(' ');
}

/** What the sums of a mailing come to when they are counted anew. */
async function recounted(mailingId: string): Promise<string> {
  const { rows } = await sql<{ line: string }>`
    select concat_ws(' ', count(*), count(*) filter (where status in
               ('delivered', 'opened', 'clicked', 'unsubscribed', 'complained')),
             count(opened_at), count(clicked_at),
             count(*) filter (where machine_opened_at is not null and opened_at is null),
             count(*) filter (where machine_clicked_at is not null and clicked_at is null),
             count(*) filter (where status = 'bounced')) as line
      from email_sends where email_campaign_id = ${mailingId}`.execute(api.db);
  return rows[0]!.line;
}

const at = (minute: number) => new Date(Date.parse('2026-02-01T12:00:00Z') + minute * 60_000).toISOString();

describe('a mailing', () => {
  it('belongs to a campaign, is changed and audited', async () => {
    const campaignId = await campaign('Winter');
    const id = await mailing({ sent_at: at(0), recipients: 15, external_id: 'w-1' }, campaignId);
    const same = { subject: 'News', sent_at: at(0) };
    const before = must(await api.patch(`/email-campaigns/${id}`, same), 200).data;
    const after = must(await api.patch(`/email-campaigns/${id}`, { subject: 'Old news' }), 200).data;
    expect(before).toMatchObject({ campaign_id: campaignId, subject: 'News', recipients: 15, sent: 0 });
    expect(after.subject).toBe('Old news');
    const { data } = must(await api.get(`/campaigns/${campaignId}/email-campaigns`), 200);
    expect(data).toEqual([after]);
    const audit = must(await api.get(`/audit?subject_id=${id}`), 200).data;
    expect(audit.map(({ action }: { action: string }) => action)).toEqual([
      'email_campaign.update',
      'email_campaign.create',
    ]);
    expect(
      (
        await api.post(`/campaigns/${campaignId}/email-campaigns`, {
          subject: 'Twice',
          sender_email: 'a@example.com',
          external_id: 'w-1',
        })
      ).status,
    ).toBe(409);
    expect((await api.delete(`/campaigns/${campaignId}`)).status).toBe(409);
  });

  it('is shown to the owner of its campaign and to no other', async () => {
    const id = await mailing({}, await campaign('Owned', { owner: 'Acme' }));
    const keyOf = async (owner: string) =>
      must(await api.post('/api-keys', { name: owner, role: 'brand', owner_scope: [owner] }), 201).data.key;
    for (const [owner, status] of [
      ['Acme', 200],
      ['Other', 404],
    ] as const) {
      const headers = { authorization: `Bearer ${await keyOf(owner)}` };
      for (const path of [`/email-campaigns/${id}`, `/email-campaigns/${id}/sends`]) {
        expect((await api.get(path, headers)).status).toBe(status);
      }
    }
  });
});

describe('sends', () => {
  it('are recorded once per recipient, however often and in whatever case', async () => {
    const id = await mailing();
    const items = [
      {
        recipient_email: 'a@example.com',
        sent_at: at(0),
        delivered_at: at(1),
        opened_at: at(30),
        clicked_at: at(31),
      },
      { recipient_email: 'b@example.com', sent_at: at(0), status: 'bounced', bounce_reason: 'unknown user' },
      { recipient_email: 'c@example.com', sent_at: at(0) },
      { recipient_email: 'A@Example.com', sent_at: at(0), delivered_at: at(1) },
      { recipient_email: 'nobody', sent_at: at(0) },
      { recipient_email: 'd@example.com', retailer: 'Nobody knows' },
    ];
    expect((await send(id, items)).meta).toEqual({
      created: 3,
      updated: 0,
      unchanged: 1,
      ignored_older: 0,
      rejected: 2,
    });
    expect((await send(id, items)).meta).toMatchObject({ created: 0, updated: 0, unchanged: 4 });
    expect(await counts(id)).toBe('3 1 1 1 0 0 1');
    const { data } = must(await api.get(`/email-campaigns/${id}/sends?status=bounced`), 200);
    expect(data).toMatchObject([{ recipient_email: 'b@example.com', failure_reason: 'unknown user' }]);
  });

  it('of which a status is told without a time say the same when they are told again', async () => {
    const id = await mailing();
    const items = [
      { recipient_email: 'came@example.com', status: 'delivered' },
      { recipient_email: 'not@example.com', bounce_reason: 'mailbox full' },
    ];
    await send(id, items);
    api.clock.advance(60_000);
    expect((await send(id, items)).meta).toMatchObject({ updated: 0, unchanged: 2 });
    expect(await counts(id)).toBe('2 1 0 0 0 0 1');
  });

  it('learn what is told later, and move from one sum to another', async () => {
    const id = await mailing();
    const partner = must(
      await api.post('/partners', { kind: 'retailer', name: 'Late Partner', aliases: ['lp'] }),
      201,
    ).data.id;
    await send(id, [{ recipient_email: 'late@example.com' }]);
    await send(id, [
      { recipient_email: 'late@example.com', sent_at: at(0), retailer: 'LP', delivered_at: at(2) },
    ]);
    const { data } = must(await api.get(`/email-campaigns/${id}/sends?partner_id=${partner}`), 200);
    expect(data).toMatchObject([
      { status: 'delivered', sent_at: at(0), delivered: { first: at(2), last: at(2) } },
    ]);
    expect(await counts(id)).toBe('1 1 0 0 0 0 0');
    const { rows } = await sql<{ partner_id: string; sent: bigint }>`
      select partner_id, sent from email_rollups where email_campaign_id = ${id} and grain = 'quarter' and sent <> 0`.execute(
      api.db,
    );
    expect(rows).toEqual([{ partner_id: partner, sent: 1n }]);
  });

  it('are listed page by page, each with its events', async () => {
    const id = await mailing();
    await send(
      id,
      ['x', 'y', 'z'].map((name, n) => ({
        recipient_email: `${name}@example.com`,
        sent_at: at(n),
        opened_at: at(n + 40),
      })),
    );
    const first = must(await api.get(`/email-campaigns/${id}/sends?limit=2`), 200);
    const rest = must(
      await api.get(`/email-campaigns/${id}/sends?limit=2&cursor=${first.meta.next_cursor}`),
      200,
    );
    expect([...first.data, ...rest.data].map(({ recipient_email }) => recipient_email[0])).toEqual([
      'x',
      'y',
      'z',
    ]);
    const { data } = must(await api.get(`/email-campaigns/${id}/sends/${first.data[0].id}`), 200);
    expect(data.events).toMatchObject([{ kind: 'opened', occurred_at: at(40), machine: null }]);
  });
});

describe('events', () => {
  const event = (kind: string, minute: number, more: Record<string, unknown> = {}) => ({
    kind,
    occurred_at: at(minute),
    recipient_email: 'e@example.com',
    ...more,
  });

  it('find their send by the mailing, or by the message, and make it where a mailing is named', async () => {
    const id = await mailing({ external_id: 'by-name' });
    await tell([event('clicked', 9, { email_campaign: 'by-name', message_id: '<m-1@mail>' })]);
    expect(await counts(id)).toBe('1 1 0 1 0 0 0');
    await tell([event('opened', 8, { message_id: 'm-1@mail' })]);
    expect(await counts(id)).toBe('1 1 1 1 0 0 0');
  });

  it('are kept once, by what their provider calls them or by what they say', async () => {
    const id = await mailing();
    const items = [
      event('opened', 8, { email_campaign: id, provider: 'ses', event_id: 'x' }),
      event('opened', 9, { email_campaign: id, provider: 'ses', event_id: 'x' }),
      event('clicked', 9, { email_campaign: id }),
      event('clicked', 9, { email_campaign: id }),
    ];
    expect((await tell(items)).meta).toMatchObject({ created: 2, unchanged: 2 });
    expect((await tell(items)).meta).toMatchObject({ created: 0, unchanged: 4 });
  });

  it('wait for a send that comes after them', async () => {
    await tell([
      event('clicked', 9, { message_id: 'm-early' }),
      event('delivered', 1, { message_id: 'm-early' }),
    ]);
    const id = await mailing();
    await send(id, [{ recipient_email: 'e@example.com', message_id: 'm-early', sent_at: at(0) }]);
    await api.settle();
    expect(await counts(id)).toBe('1 1 0 1 0 0 0');
    expect(await recounted(id)).toBe('1 1 0 1 0 0 0');
  });

  it('say which mail they are about, or are refused', async () => {
    const { data } = await tell([event('opened', 1), event('opened', 1, { email_campaign: 'none' })]);
    expect(data.map(({ error }: { error: { fields: { path: string }[] } }) => error.fields[0]!.path)).toEqual(
      ['message_id', 'email_campaign'],
    );
  });

  it('of machines are kept apart, also when the delivery that shows it comes last', async () => {
    const id = await mailing();
    const of = { email_campaign: id, provider: 'ses' };
    await tell([event('clicked', 1, of), event('opened', 60, { ...of, user_agent: 'Mozilla/5.0' })]);
    expect(await counts(id)).toBe('1 1 0 1 1 0 0');
    await tell([{ ...event('delivered', 1, of), occurred_at: '2026-02-01T12:00:58Z' }]);
    expect(await counts(id)).toBe('1 1 0 0 1 1 0');
    expect(await recounted(id)).toBe('1 1 0 0 1 1 0');
  });

  it('come to the same sums in whatever order, parts and repetitions they arrive', async () => {
    const kinds = ['sent', 'delivered', 'opened', 'clicked', 'bounced', 'unsubscribed'];
    const story = fc.uniqueArray(
      fc.tuple(fc.nat(2), fc.constantFrom(...kinds), fc.integer({ min: 0, max: 3000 })),
      { selector: (event) => event.join(), minLength: 1, maxLength: 12 },
    );
    const told = story.chain((events) =>
      fc.tuple(
        fc.constant(events),
        fc.shuffledSubarray(events, { minLength: events.length }),
        fc.integer({ min: 1, max: 4 }),
      ),
    );
    await fc.assert(
      fc.asyncProperty(told, async ([events, shuffled, size]) => {
        const [one, other] = [await mailing(), await mailing()];
        const itemsOf = (id: string, list: typeof events) =>
          list.map(([who, kind, minute]) => ({
            kind,
            occurred_at: at(minute),
            recipient_email: `r${who}@example.com`,
            email_campaign: id,
          }));
        await tell(itemsOf(one, events));
        for (let start = 0; start < shuffled.length; start += size) {
          const part = itemsOf(other, shuffled.slice(start, start + size));
          await tell([...part, ...part.slice(0, 1)]);
        }
        expect(await counts(other)).toBe(await counts(one));
        expect(await recounted(other)).toBe(await counts(one));
        expect(await findWrongSums(api.db)).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it('arriving at once from several sides are all counted, once', async () => {
    const id = await mailing();
    const part = (n: number) => [
      event('delivered', 1, { email_campaign: id }),
      event('opened', 10 + n, { email_campaign: id }),
      ...[0, 1, 2].map((who) => ({
        ...event('clicked', 20, { email_campaign: id }),
        recipient_email: `p${who}@x.example`,
      })),
    ];
    await Promise.all([1, 2, 3, 4].map((n) => tell(part(n))));
    expect(await counts(id)).toBe('4 4 1 3 0 0 0');
    expect(await recounted(id)).toBe('4 4 1 3 0 0 0');
  });
});

describe('what is kept of sends', () => {
  const verify = async () => must(await api.post('/admin/verify'), 200).data;

  it('is what their events say, and verification tells where it is not', async () => {
    await api.settle();
    expect((await verify()).differences).toEqual([]);
    const id = await mailing();
    await send(id, [{ recipient_email: 'v@example.com', sent_at: at(0), opened_at: at(9) }]);
    await sql`update email_sends set opened_at = null where email_campaign_id = ${id}`.execute(api.db);
    await sql`update email_rollups set clicked = 5 where email_campaign_id = ${id}`.execute(api.db);
    await sql`delete from email_activity where email_campaign_id = ${id}`.execute(api.db);
    const { difference_count, differences } = await verify();
    const measures = { opened: { stored: '1', expected: '0' }, clicked: { stored: '5', expected: '0' } };
    expect(difference_count).toBe(4);
    expect(differences).toMatchObject([
      { kind: 'send', message: 'opened_at of the send is not what its events say' },
      { kind: 'mailing', email_campaign_id: id, grain: 'day', measures },
      { kind: 'mailing', email_campaign_id: id, grain: 'quarter', measures },
      {
        kind: 'mailing',
        email_campaign_id: id,
        measures: { sent: { stored: '0', expected: '1' }, delivered: { stored: '0', expected: '1' } },
      },
    ]);
    await sql`update email_sends set opened_at = last_opened_at where email_campaign_id = ${id}`.execute(
      api.db,
    );
    await rebuildSums(api.db);
    expect((await verify()).differences).toEqual([]);
  });

  it('is counted anew at the next start when its sums were thrown away', async () => {
    const id = await mailing();
    await send(id, [{ recipient_email: 'w@example.com', sent_at: at(0), opened_at: at(9) }]);
    const before = await counts(id);
    await sql`truncate email_rollups, email_activity`.execute(api.db);
    await fillRollups(api.db);
    await api.settle();
    expect(await counts(id)).toBe(before);
    expect(await findWrongSums(api.db)).toEqual([]);
  });
});

describe('clicks in mails, as touches', () => {
  it('are found by the address of a customer and by the name of a retailer', async () => {
    const campaignId = await campaign('Touching');
    const id = await mailing({}, campaignId);
    must(await api.post('/partners', { kind: 'retailer', name: 'Click House', aliases: ['ch-1'] }), 201);
    await send(id, [
      { recipient_email: 'buyer@example.com', sent_at: at(0), retailer: 'Click House', clicked_at: at(10) },
      { recipient_email: 'other@example.com', sent_at: at(0), clicked_at: at(11) },
    ]);
    await tell([
      {
        kind: 'clicked',
        occurred_at: at(12),
        recipient_email: 'buyer@example.com',
        email_campaign: id,
        machine: true,
      },
    ]);
    const found = async (minute: number) =>
      (
        await readEmailTouches(api.db, {
          email_hashes: [emailHash('Buyer@example.com')],
          retailers: ['CH-1', 'unknown'],
          until: new Date(at(minute)),
        })
      ).map(({ touched_at, machine, retailer, campaign_id }) => [
        touched_at.toISOString() === at(10),
        machine,
        retailer,
        campaign_id === campaignId,
      ]);
    const byEither = (first: boolean, machine: boolean) => [
      [first, machine, null, true],
      [first, machine, 'CH-1', true],
    ];
    expect(await found(10)).toEqual([]);
    expect(new Set(await found(11))).toEqual(new Set(byEither(true, false)));
    expect(await found(13)).toHaveLength(4);
  });

  it('that become known late have the sales they may reach settled again', async () => {
    const id = await mailing();
    must(await api.post('/customers', { external_id: 'late-c', email: 'late-click@example.com' }), 201);
    must(await api.post('/partners', { kind: 'retailer', name: 'Late House' }), 201);
    const order = { currency: 'EUR', status: 'confirmed', total: 10, ordered_at: at(60) };
    const sold = must(
      await api.post('/orders', { ...order, external_id: 'late-1', retailer: ' late house' }),
      201,
    );
    await api.settle();
    const jobs = await jobsIn(api.db, async () => {
      await send(id, [
        {
          recipient_email: 'late-click@example.com',
          retailer: 'Late House',
          sent_at: at(0),
          clicked_at: at(9),
        },
      ]);
    });
    expect(jobs.map(({ task }) => task)).toEqual(['settle-email-clicks']);
    const before = must(await api.get(`/orders/${sold.data.id}`), 200).data.settlement.settled_at;
    api.clock.advance(60_000);
    await api.settle();
    const after = must(await api.get(`/orders/${sold.data.id}`), 200).data.settlement.settled_at;
    expect(after).not.toBe(before);
  });
});
