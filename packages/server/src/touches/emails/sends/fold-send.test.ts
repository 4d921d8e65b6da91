import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countSend } from './count-send.ts';
import { eventKinds, foldSend, isDelivered, type SendEvent } from './fold-send.ts';

const told = { told_sent_at: null, created_at: new Date('2026-03-01T00:00:00Z') };
const start = Date.parse('2026-02-01T12:00:00Z');

function events(text: string): SendEvent[] {
  return text.split(' ').map((word) => {
    const [kind = '', minutes = '0'] = word.split('@');
    return {
      id: word,
      kind: kind.replace('machine_', '') as SendEvent['kind'],
      occurred_at: new Date(start + Number(minutes) * 60_000),
      provider: 'ses',
      url: null,
      user_agent: null,
      flagged: kind.startsWith('machine_'),
      reason: null,
    };
  });
}

describe('a send', () => {
  // biome-ignore format: a story table is read by its columns
  it.each([
    ['sent@0',                                       'sent',         false],
    ['sent@0 delivered@1',                           'delivered',    true],
    ['sent@0 deferred@1',                            'sent',         false],
    ['clicked@9',                                    'clicked',      true],
    ['machine_opened@2',                             'delivered',    true],
    ['bounced@1',                                    'bounced',      false],
    ['delivered@1 bounced@5',                        'bounced',      false],
    ['bounced@1 delivered@5',                        'delivered',    true],
    ['delivered@1 bounced@5 opened@9',               'opened',       true],
    ['delivered@1 bounced@5 machine_clicked@2',      'bounced',      false],
    ['failed@1',                                     'failed',       false],
    ['delivered@1 opened@3 clicked@4 unsubscribed@5', 'unsubscribed', true],
    ['delivered@1 unsubscribed@5 complained@6',      'complained',   true],
  ])('with %s is %s', (story, status, delivered) => {
    const { send } = foldSend(told, events(story));
    expect([send.status, isDelivered(send)]).toEqual([status, delivered]);
  });

  it('was sent when it was told, else at its first event', () => {
    expect(foldSend(told, events('opened@9 delivered@2')).send.sent_at.getTime()).toBe(start + 120_000);
    expect(foldSend(told, events('delivered@2 sent@1')).send.sent_at.getTime()).toBe(start + 60_000);
    const at = new Date(start);
    expect(foldSend({ ...told, told_sent_at: at }, events('sent@1')).send.sent_at).toEqual(at);
    expect(foldSend(told, []).send.sent_at).toEqual(told.created_at);
  });

  it('keeps the first and the last time of people and of machines apart', () => {
    const { send } = foldSend(told, events('opened@30 machine_opened@2 opened@10 machine_opened@50'));
    const minutes = [
      send.opened_at,
      send.last_opened_at,
      send.machine_opened_at,
      send.last_machine_opened_at,
    ];
    expect(minutes.map((at) => (at!.getTime() - start) / 60_000)).toEqual([10, 30, 2, 50]);
    expect(countSend(send)).toMatchObject({ opened: 1, machine_opened: 0, delivered: 1 });
  });

  it('ends the same in whatever order its events come', () => {
    const event = fc.record({
      id: fc.uuid(),
      kind: fc.constantFrom(...eventKinds),
      occurred_at: fc.integer({ min: 0, max: 30 }).map((n) => new Date(start + n * 2_000)),
      provider: fc.constantFrom('ses', 'told'),
      url: fc.constantFrom(null, 'a', 'b', 'c'),
      user_agent: fc.constantFrom(null, 'Mozilla/5.0', 'curl/8.0'),
      flagged: fc.boolean(),
      reason: fc.constantFrom(null, 'full', 'unknown'),
    });
    const unique = fc.uniqueArray(event, { selector: ({ id }) => id, maxLength: 12 });
    fc.assert(
      fc.property(
        unique.chain((list) =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
        ),
        ([list, shuffled]) => {
          const [one, other] = [foldSend(told, list), foldSend(told, shuffled)];
          expect(other.send).toEqual(one.send);
          expect(new Map([...other.machines].toSorted())).toEqual(new Map([...one.machines].toSorted()));
        },
      ),
    );
  });

  it('is counted once in everything, and in one end of delivered, bounced and failed at most', () => {
    const story = fc.array(
      fc.tuple(fc.constantFrom(...eventKinds, 'machine_opened', 'machine_clicked'), fc.nat(20)),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(story, (parts) => {
        const words = parts.map(([kind, minute]) => `${kind}@${minute}`);
        const counts = countSend(foldSend(told, events([...new Set(words)].join(' '))).send);
        expect(counts.delivered + counts.bounced + counts.failed).toBeLessThanOrEqual(1);
        expect(counts.opened + counts.machine_opened).toBeLessThanOrEqual(1);
        if (counts.opened + counts.clicked > 0) expect(counts.delivered).toBe(1);
      }),
    );
  });
});
