import fc from 'fast-check';
import { expect, it } from 'vitest';
import { day } from '../../../test/story-days.ts';
import { TouchstoneError } from '../../vocabulary/errors.ts';
import type { Period } from '../../vocabulary/period.ts';
import type { Campaign, Status } from '../campaign.ts';
import { effectiveStatus } from '../effective-status.ts';
import { planAddedTargets } from '../targets/plan-added-targets.ts';
import { planRemovedTarget } from '../targets/plan-removed-target.ts';
import { planDateChange } from './plan-date-change.ts';
import { planStatusChange } from './plan-status-change.ts';

type State = Pick<Campaign, 'status' | 'starts_at' | 'ends_at' | 'ended_at' | 'running_periods' | 'targets'>;
type Act = (state: State, now: Date) => State;

it('after any life a campaign’s periods are in order, apart, within its dates, and open exactly while it runs', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.array(acts, { maxLength: 25 }), (start, life) => {
      let state: State = {
        status: 'draft',
        starts_at: day(start),
        ends_at: null,
        ended_at: null,
        running_periods: [],
        targets: [],
      };
      let now = day(5);
      for (const [hours, act] of life) {
        now = new Date(now.getTime() + hours * 3_600_000);
        state = unlessRefused(act, state, now);
        expectSound(state);
      }
    }),
    { numRuns: 2000 },
  );
});

function unlessRefused(act: Act, state: State, at: Date): State {
  try {
    return act(state, at);
  } catch (error) {
    if (error instanceof TouchstoneError) return state;
    throw error;
  }
}

function expectSound({ status, starts_at, ends_at, running_periods, targets }: State): void {
  expectApart(running_periods);
  for (const { from, to } of running_periods) {
    expect(from >= starts_at).toBe(true);
    expect(ends_at === null || (to !== null && to <= ends_at)).toBe(true);
  }
  const isOpen = running_periods.some(({ to }) => to === null || to.getTime() === ends_at?.getTime());
  if (status === 'running') expect(isOpen).toBe(true);
  if (status === 'draft') expect(running_periods).toEqual([]);
  if (status === 'paused' || status === 'ended')
    expect(running_periods.every(({ to }) => to !== null)).toBe(true);
  for (const product of ['a', 'b']) {
    const periods = targets.filter(({ product_id }) => product_id === product).map(({ period }) => period);
    expectApart(periods.sort((a, b) => a.from.getTime() - b.from.getTime()));
    expect(periods.every(({ from }) => from >= starts_at)).toBe(true);
  }
}

function expectApart(periods: Period[]): void {
  for (const [place, { from, to }] of periods.entries()) {
    expect(to === null || from < to).toBe(true);
    const next = periods[place + 1];
    expect(next === undefined || (to !== null && to <= next.from)).toBe(true);
  }
}

const days = fc.integer({ min: 1, max: 28 }).map(day);
const sometimes = fc.option(days, { nil: undefined });
const reason = 'any';

const status: fc.Arbitrary<Act> = fc
  .tuple(fc.constantFrom<Status>('running', 'paused', 'running', 'paused', 'ended'), sometimes)
  .map(([wanted, effective_at]) => (state, at) => ({
    ...state,
    ...planStatusChange(state, { status: wanted, effective_at, reason }, at),
  }));

const dates: fc.Arbitrary<Act> = fc
  .tuple(sometimes, fc.option(sometimes, { nil: null }))
  .map(([starts_at, ends_at]) => (state, at) => ({
    ...state,
    ...planDateChange(state, { starts_at, ends_at, reason }, at),
  }));

let targetCount = 0;
const add: fc.Arbitrary<Act> = fc
  .tuple(fc.constantFrom('a', 'b'), sometimes, sometimes)
  .map(([id, effective_from, effective_to]) => (state, at) => {
    const request = { effective_from, effective_to, reason };
    const { added } = planAddedTargets(state, [{ path: 'product_ids.0', id }], request, at);
    const targets = [...state.targets, ...added.map((target) => ({ ...target, id: `${targetCount++}` }))];
    return { ...state, targets: targets.sort((a, b) => a.period.from.getTime() - b.period.from.getTime()) };
  });

const remove: fc.Arbitrary<Act> = fc
  .tuple(fc.nat(), sometimes)
  .map(([which, effective_at]) => (state, at) => {
    const target = state.targets[which % Math.max(1, state.targets.length)];
    if (target === undefined) return state;
    const { targets } = planRemovedTarget(state, target.id, { effective_at, reason }, at);
    return { ...state, targets };
  });

const acts = fc.tuple(fc.integer({ min: 0, max: 48 }), fc.oneof(status, dates, add, remove));

it('what has ended by itself reads as ended from that instant on', () => {
  fc.assert(
    fc.property(
      fc.constantFrom<Status>('draft', 'running', 'paused', 'ended'),
      sometimes,
      days,
      (stored, end, at) => {
        const reads = effectiveStatus({ status: stored, ends_at: end ?? null }, at);
        const hasEnded = stored === 'ended' || (stored !== 'draft' && end !== undefined && end <= at);
        return (reads === 'ended') === hasEnded;
      },
    ),
  );
});
