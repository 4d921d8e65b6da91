import { describe, expect, it } from 'vitest';
import { startServer } from '../../test/server.ts';
import { mintId } from '../vocabulary/ids.ts';
import { routes, writeAudit } from './index.ts';

const api = await startServer({ routes });

describe('the audit log', () => {
  it('is read by subject, the newest entry first, with what was before and after', async () => {
    const subject_id = mintId();
    const common = { actor: 'key:a', subject_kind: 'campaign', subject_id };
    const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute));
    await writeAudit(api.db, [
      { ...common, action: 'campaign.create', after: { name: 'Old', budget_minor: 2n ** 60n }, at: at(1) },
      {
        ...common,
        action: 'campaign.update',
        before: { name: 'Old' },
        after: { name: 'New' },
        reason: 'typo',
        at: at(2),
      },
    ]);
    await writeAudit(api.db, { ...common, action: 'campaign.update', subject_id: mintId(), at: at(3) });

    const { body } = await api.get(`/audit?subject_kind=campaign&subject_id=${subject_id}`);
    expect(body.data).toMatchObject([
      {
        actor: 'key:a',
        action: 'campaign.update',
        before: { name: 'Old' },
        after: { name: 'New' },
        reason: 'typo',
        at: '2026-01-01T00:02:00.000Z',
      },
      {
        action: 'campaign.create',
        before: null,
        after: { name: 'Old', budget_minor: '1152921504606846976' },
      },
    ]);
    expect(body.meta).toEqual({ next_cursor: null });
  });

  it('is paged without gap or repetition, also through entries of one instant', async () => {
    const at = new Date('2026-02-01T00:00:00Z');
    const entries = Array.from({ length: 23 }, (_, n) => ({
      actor: 'key:pager',
      action: 'order.change',
      subject_kind: 'order',
      subject_id: String(n),
      at,
    }));
    await writeAudit(api.db, entries);

    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await api.get(`/audit?actor=key:pager&limit=5${cursor}`);
      seen.push(...body.data.map((entry: { subject_id: string }) => entry.subject_id));
      cursor = body.meta.next_cursor === null ? '' : `&cursor=${body.meta.next_cursor}`;
    } while (cursor !== '');
    expect(seen.toSorted()).toEqual(entries.map((entry) => entry.subject_id).toSorted());
  });

  it('is read for a time that includes its start and not its end', async () => {
    const range = 'actor=key:pager&from=2026-02-01T00:00:00Z&to=2026-02-01T00:00:00.001Z&limit=500';
    expect((await api.get(`/audit?${range}`)).body.data).toHaveLength(23);
    const before = 'actor=key:pager&from=2026-01-31T00:00:00Z&to=2026-02-01T00:00:00Z';
    expect((await api.get(`/audit?${before}`)).body.data).toEqual([]);
  });

  it.each(['abc', 'W10', Buffer.from('["orders","x"]').toString('base64url')])(
    'refuses the cursor %s, which is not one of its own',
    async (cursor) => {
      const reply = await api.get(`/audit?cursor=${cursor}`);
      expect(reply.status).toBe(400);
      expect(reply.body.error).toMatchObject({ code: 'malformed', fields: [{ path: 'cursor' }] });
    },
  );

  it('takes thousands of entries at once', async () => {
    const entries = Array.from({ length: 6_000 }, (_, n) => ({
      actor: 'key:bulk',
      action: 'product.change',
      subject_kind: 'product',
      subject_id: String(n),
      at: new Date('2026-02-02T00:00:00Z'),
    }));
    await writeAudit(api.db, entries);
    const { rows } = await api.pool.query(
      "select count(*)::int as n from audit_log where actor = 'key:bulk'",
    );
    expect(rows).toEqual([{ n: 6_000 }]);
  });
});
