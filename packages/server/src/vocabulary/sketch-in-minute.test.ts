import fc from 'fast-check';
import { expect, it } from 'vitest';
import { minuteCounter } from './count-in-minute.ts';
import { minuteSketch } from './sketch-in-minute.ts';

const now = new Date('2026-03-01T12:00:30Z');

it('counts a few subjects exactly, up to 255, and each minute anew', () => {
  fc.assert(
    fc.property(
      fc.integer(),
      fc.array(fc.constantFrom('a', 'b', 'ab', ''), { maxLength: 900 }),
      (seed, sent) => {
        const sketch = minuteSketch(seed);
        const count = minuteCounter();
        for (const subject of sent) expect(sketch(subject, now)).toBe(Math.min(count(subject, now), 255));
        expect(sketch('a', new Date('2026-03-01T12:01:00Z'))).toBe(1);
      },
    ),
    { numRuns: 20 },
  );
});

it('never says too few, and of 600,000 in a minute of nobody that it has come often', () => {
  const sketch = minuteSketch(7);
  let twice = 0;
  let most = 0;
  for (let place = 0; place < 600_000; place += 1) {
    const said = sketch(`session-${place.toString(36)}`, now);
    if (said > 1) twice += 1;
    most = Math.max(most, said);
  }
  expect(twice / 600_000).toBeLessThan(0.2);
  expect(most).toBeLessThan(10);
  for (let time = 2; time <= 31; time += 1) expect(sketch('session-0', now)).toBeGreaterThanOrEqual(time);
});
