import { appendFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import type { BackfillMeasurement } from './measure-backfill.ts';
import type { IntakeMeasurement } from './measure-intake.ts';
import type { ReportMeasurements } from './measure-reports.ts';
import type { ShopSize } from './shop/plan-shop.ts';

export type Measurements = {
  size: ShopSize;
  backfill: BackfillMeasurement;
  reports: ReportMeasurements;
  intake: IntakeMeasurement;
};

/** Appends what was measured to RESULTS.md, with what is needed to measure it again. */
export async function writeResults({ size, backfill, reports, intake }: Measurements): Promise<void> {
  const leaderboard = reports.reports.find(({ name }) => name === 'leaderboard-30-days')!;
  const slowest = reports.reports.toSorted((a, b) => b.p50 - a.p50)[0]!;
  const lines = [
    '',
    `## ${new Date().toISOString().slice(0, 10)}: ${count(size.orders)} orders, ${count(backfill.lines)} lines`,
    '',
    `${cpus().length} × ${cpus()[0]!.model}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}, embedded PostgreSQL with its defaults.`,
    `\`npm run bench -- ${process.argv.slice(2).join(' ')}\``,
    '',
    '| what | ours | floor | ratio |',
    '|---|--:|--:|--:|',
    `| backfill, lines per second | ${rate(backfill.lines, backfill.backfillSeconds)} | ${rate(backfill.lines, backfill.floorSeconds)} | ${percent(backfill.ratio)} |`,
    `| orders per second, in batches of 500 | ${count(intake.batches.ours)} | ${count(intake.batches.floor)} | ${percent(intake.batches.ours / intake.batches.floor)} |`,
    `| orders per second, one by one, eight at once | ${count(intake.singles.ours)} | ${count(intake.singles.floor)} | ${percent(intake.singles.ours / intake.singles.floor)} |`,
    `| leaderboard of 30 days, ms | ${leaderboard.p50} | ${reports.rawLeaderboard} | ${(reports.rawLeaderboard / leaderboard.p50).toFixed(0)} × faster |`,
    '',
    `The backfill posted ${count(backfill.entries)} entries and ${count(backfill.rollupRows)} rollup rows in ${backfill.backfillSeconds.toFixed(0)} s; the floor took ${backfill.floorSeconds.toFixed(0)} s. The app used at most ${backfill.memoryPeak} MB, and ${backfill.memoryEarly} MB after a tenth of the time.`,
    `Slowest report: ${slowest.name}, ${slowest.p50} ms.`,
    '',
    '| report | p50 ms | p95 ms |',
    '|---|--:|--:|',
    ...reports.reports.map(({ name, p50, p95 }) => `| ${name} | ${p50} | ${p95} |`),
  ];
  await appendFile(new URL('./RESULTS.md', import.meta.url), `${lines.join('\n')}\n`);
}

function rate(count: number, seconds: number): string {
  return Math.round(count / seconds).toLocaleString('en');
}

function count(number: number): string {
  return number.toLocaleString('en');
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
