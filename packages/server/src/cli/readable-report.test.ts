import { expect, test } from 'vitest';
import { readableReport } from './readable-report.ts';

test('rows are a table without ids and without columns that say nothing', () => {
  const rows = [
    { campaign_id: 'c', name: 'Spring', orders: 12, profit: null, decided: true },
    { campaign_id: 'd', name: 'Summer', orders: 3, profit: null, decided: false },
  ];
  expect(readableReport(rows).split('\n')).toEqual([
    'name    orders  decided',
    'Spring      12  yes',
    'Summer       3  no',
  ]);
  expect(readableReport([])).toBe('Nothing in this range.');
});

test('an answer that is no list is figures, groups and lists under headings of their own', () => {
  const health = {
    currency: 'EUR',
    items: { total: 3, attributed: 1 },
    revenue: { total: 270.5, attributed: null },
    overlap: { average: 1.5, distribution: [{ matched_campaigns: 0, lines: 3 }] },
    top_campaigns: [],
  };
  expect(readableReport(health)).toBe(
    [
      'figure    value',
      'currency  EUR',
      '',
      'of       total  attributed',
      'items        3           1',
      'revenue  270.5           –',
      '',
      'Overlap',
      'figure   value',
      'average    1.5',
      '',
      'Overlap, distribution',
      'matched_campaigns  lines',
      '                0      3',
      '',
      'Top campaigns',
      'Nothing in this range.',
    ].join('\n'),
  );
});
