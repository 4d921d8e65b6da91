import { describe, expect, it } from 'vitest';
import { changesOf, emptyValues, faultsOf } from './form-values.ts';

const empty = emptyValues('EUR', '');
const filled = { ...empty, name: 'Spring', platform: 'tiktok' };

describe('the campaign form', () => {
  it('sends what was changed only, and null for what was emptied', () => {
    expect(changesOf({ ...filled, budget_amount: '12,50' }, { ...filled, notes: 'old' })).toEqual({
      budget_amount: '12.50',
      notes: null,
    });
  });

  it('takes a name and a platform', () => {
    expect(faultsOf(filled)).toEqual({});
    expect(Object.keys(faultsOf(empty))).toEqual(['name', 'platform']);
  });

  it('names a start after the end, half a budget and an address without a protocol', () => {
    const faults = faultsOf({
      ...filled,
      starts_at: '2026-03-02T00:00:00Z',
      ends_at: '2026-03-01T00:00:00Z',
      budget_type: 'daily',
      landing_url: 'shop.example',
    });
    expect(Object.keys(faults)).toEqual(['landing_url', 'ends_at', 'budget_amount']);
  });
});
