import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startApi } from '../../../test/api.ts';
import { must } from '../../../test/shop.ts';

// After the latest of seven happenings that are thirty days apart: what lies in the future is refused.
const api = await startApi({ now: '2026-12-01T00:00:00Z' });
for (const code of ['A', 'B']) {
  must(
    await api.post('/campaigns', { name: code, platform: 'x', campaign_type: 'post', tracking_code: code }),
    201,
  );
}
const start = Date.parse('2026-02-01T00:00:00Z');
const minuteMs = 60_000;

/** What happens in a session, and how many minutes after the thing before. Minutes, half hours and months matter. */
const happening = fc.record({
  what: fc.constantFrom('A', 'B', 'unknown', 'direct', 'activity', 'bot'),
  after: fc.oneof(fc.integer({ min: 0, max: 45 }), fc.constantFrom(30, 31, 43_200, 43_199, 20_000)),
});

type Fact = { at: string; what: string };

function factsOf(happenings: { what: string; after: number }[]): Fact[] {
  let at = start;
  return happenings.map(({ what, after }) => {
    at += after * minuteMs;
    return { at: new Date(at).toISOString(), what };
  });
}

async function send(session_id: string, { at, what }: Fact): Promise<void> {
  // Activity has a batch of its own only with a visit; an old one of another session's campaign carries it.
  const visit =
    what === 'activity'
      ? { visited_at: '2020-01-01T00:00:00Z', last_activity_at: at, tracking_code: 'A' }
      : what === 'bot'
        ? { visited_at: at, tracking_code: 'A', user_agent: 'Googlebot/2.1' }
        : what === 'direct'
          ? { visited_at: at, landing_page: '/' }
          : { visited_at: at, tracking_code: what };
  const { data, meta } = must(await api.post('/visits/batch', { visits: [{ session_id, ...visit }] }), 200);
  expect(meta.rejected, JSON.stringify(data)).toBe(0);
}

/** The clicks of a session by what they are, with the one that opened their visit; ids of sessions apart. */
async function visitsOf(session_id: string): Promise<string[]> {
  const clicks = await api.db
    .selectFrom('clicks')
    .select(['id', 'visit_id', 'clicked_at', 'tracking_code', 'excluded'])
    .where('session_id', '=', session_id)
    .execute();
  const nameOf = ({ clicked_at, tracking_code, excluded }: (typeof clicks)[number]) =>
    `${clicked_at.toISOString()} ${tracking_code} ${excluded}`;
  return clicks
    .map((click) => `${nameOf(click)} of ${nameOf(clicks.find(({ id }) => id === click.visit_id)!)}`)
    .sort();
}

let sessions = 0;

describe('whatever the order in which clicks and activities come', () => {
  it('the visits of a session end the same', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc
          .uniqueArray(happening, { minLength: 2, maxLength: 7, selector: (each) => each })
          .map(factsOf)
          // Two clicks of one instant are told apart by ids, which differ between sessions.
          .filter((facts) => new Set(facts.map(({ at }) => at)).size === facts.length)
          .chain((facts) =>
            fc.record({
              facts: fc.constant(facts),
              order: fc.shuffledSubarray(facts, { minLength: facts.length }),
            }),
          ),
        async ({ facts, order }) => {
          sessions += 1;
          const [inOrder, shuffled] = [`in-order-${sessions}`, `shuffled-${sessions}`];
          for (const fact of facts) await send(inOrder, fact);
          for (const fact of order) await send(shuffled, fact);
          await send(shuffled, order[0]!);
          expect(await visitsOf(shuffled)).toEqual(await visitsOf(inOrder));
        },
      ),
      { numRuns: 25 },
    );
  });
});
