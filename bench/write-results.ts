import { appendFile } from 'node:fs/promises';
import { cpus, loadavg, totalmem } from 'node:os';
import type { BackfillMeasurement } from './measure-backfill.ts';
import type { IntakeMeasurement } from './measure-intake.ts';
import type { ReportMeasurements } from './measure-reports.ts';
import type { ShopSize } from './shop/plan-shop.ts';

export type Measurements = {
  size: ShopSize;
  reports: ReportMeasurements;
  /** What is not measured again on data that is there already. */
  writing?: { backfill: BackfillMeasurement; intake: IntakeMeasurement };
};

/** Appends what was measured to RESULTS.md, with what is needed to measure it again. */
export async function writeResults({ size, reports, writing }: Measurements): Promise<void> {
  const [slowest, slowestPage] = [reports.reports, reports.pages].map(
    (timings) => timings.toSorted((a, b) => b.p50 - a.p50)[0]!,
  );
  const lines = [
    '',
    `## ${new Date().toISOString().slice(0, 10)}: ${count(size.orders)} orders${writing === undefined ? '' : `, ${count(writing.backfill.lines)} lines`}`,
    '',
    `${cpus().length} × ${cpus()[0]!.model}, ${Math.round(totalmem() / 2 ** 30)} GB, load ${loadavg()[0]!.toFixed(1)}, Node ${process.versions.node}, embedded PostgreSQL with its defaults.`,
    `\`npm run bench -- ${process.argv.slice(2).join(' ')}\``,
    '',
    '| what | ours | floor | ratio |',
    '|---|--:|--:|--:|',
    ...(writing === undefined ? [] : writingRows(writing)),
    leaderboardRow(reports),
    '',
    ...(writing === undefined ? [] : [posted(writing.backfill)]),
    `Slowest report: ${slowest!.name}, ${slowest!.p50} ms. Slowest page: ${slowestPage!.name}, ${slowestPage!.p50} ms.`,
    '',
    '| report, or all that a page asks | p50 ms | p95 ms |',
    '|---|--:|--:|',
    ...[...reports.reports, ...reports.pages].map(({ name, p50, p95 }) => `| ${name} | ${p50} | ${p95} |`),
  ];
  await appendFile(new URL('./RESULTS.md', import.meta.url), `${lines.join('\n')}\n`);
}

function writingRows({ backfill, intake }: NonNullable<Measurements['writing']>): string[] {
  const { lines, backfillSeconds, floorSeconds, ratio } = backfill;
  const sent = (what: string, { ours, floor }: { ours: number; floor: number }) =>
    `| orders per second, ${what} | ${count(ours)} | ${count(floor)} | ${percent(ours / floor)} |`;
  return [
    `| backfill, lines per second | ${rate(lines, backfillSeconds)} | ${rate(lines, floorSeconds)} | ${percent(ratio)} |`,
    sent('in batches of 500', intake.batches),
    sent('one by one, eight at once', intake.singles),
  ];
}

function leaderboardRow({ reports, rawLeaderboard }: ReportMeasurements): string {
  const { p50 } = reports.find(({ name }) => name === 'leaderboard-30-days')!;
  return `| leaderboard of 30 days, ms | ${p50} | ${rawLeaderboard} | ${(rawLeaderboard / p50).toFixed(0)} × faster |`;
}

function posted({
  entries,
  rollupRows,
  backfillSeconds,
  floorSeconds,
  ...memory
}: BackfillMeasurement): string {
  return `The backfill posted ${count(entries)} entries and ${count(rollupRows)} rollup rows in ${backfillSeconds.toFixed(0)} s; the floor took ${floorSeconds.toFixed(0)} s. The app used at most ${memory.memoryPeak} MB, and ${memory.memoryEarly} MB after a tenth of the time.`;
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
