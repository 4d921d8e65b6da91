import fc from 'fast-check';
import { expect, it } from 'vitest';
import { strictReader } from '../../../vocabulary/read-strictly.ts';
import { activityInput, visitInput } from '../visit-input.ts';
import { readUsualActivity, readUsualVisit } from './read-usual.ts';

const odd = fc.oneof(fc.jsonValue(), fc.constantFrom('', ' ', ' s', '__proto__', null, true, 0));
const words = fc.oneof({ weight: 3, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) }, odd);
const lengths = fc.constantFrom(0, 1, 100, 101, 200, 201, 1000, 1001, 2000, 2001, 4000, 4001);
const text = fc.oneof(
  words,
  lengths.map((length) => 'x'.repeat(length)),
);
const names = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom('', ' s', '__proto__', 'key'),
);
const labels = fc.oneof(fc.dictionary(names, text, { maxKeys: 60 }), odd);

const fields = {
  session_id: text,
  landing_page: text,
  tracking_code: text,
  referrer: text,
  user_agent: text,
  click_ids: labels,
  utm: labels,
  ts_session: text,
  own: odd,
  key: text,
};
const bodies = fc.oneof(
  fc.record(fields, { requiredKeys: ['session_id', 'landing_page'] }),
  fc.record(fields, { requiredKeys: [] }),
  fc.tuple(fc.record(fields, { requiredKeys: [] }), fc.dictionary(names, odd)).map(([a, b]) => ({
    ...b,
    ...a,
  })),
  odd,
);

it.each([
  ['a visit', readUsualVisit, visitInput],
  ['an activity', readUsualActivity, activityInput],
])('%s that is read quickly is read as the schema reads it', (_, readUsual, schema) => {
  const read = strictReader(schema);
  fc.assert(
    fc.property(bodies, (made) => {
      const sent = JSON.stringify(made);
      fc.pre(sent !== undefined && !sent.includes('\\'));
      const quickly = readUsual(JSON.parse(sent));
      if (quickly === undefined) return;
      const { data, faults } = read(JSON.parse(sent));
      expect(faults).toBeUndefined();
      expect(quickly).toEqual(data);
    }),
    { numRuns: 2000 },
  );
});

it('what a page sends is read quickly', () => {
  const visit = {
    session_id: 's',
    landing_page: 'https://shop.example/?utm_source=x',
    referrer: null,
    tracking_code: 'SUMMER',
    utm: { utm_source: 'x' },
    click_ids: {},
    own: false,
    key: 'tss_key',
  };
  expect(readUsualVisit(visit)).toBe(visit);
  expect(readUsualActivity({ session_id: 's', key: 'k' })).toBeDefined();
  expect(readUsualVisit({ ...visit, ts_session: 'l' })).toBeUndefined();
});
