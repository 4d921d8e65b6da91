import { readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg, totalmem } from 'node:os';
import type { BackfillMeasurement } from './measure-backfill.ts';
import type { IntakeMeasurement } from './measure-intake.ts';
import type { ReportMeasurements, ReportTiming } from './measure-reports.ts';
import type { ShopSize } from './shop/plan-shop.ts';

export type Measurements = {
  size: ShopSize;
  reports: ReportMeasurements;
  /** What is not measured again on data that is there already. */
  writing?: { backfill: BackfillMeasurement; intake: IntakeMeasurement };
};

const marker = '## Runs';

/** Writes what was measured into RESULTS.md, above the runs before, with what is needed to measure it again. */
export async function writeResults({ size, reports, writing }: Measurements): Promise<void> {
  const [slowest, slowestPage] = [reports.reports, reports.pages].map(
    (timings) => timings.toSorted((a, b) => b.p50 - a.p50)[0]!,
  );
  const lines = [
    '',
    `### ${new Date().toISOString().slice(0, 10)}: ${count(size.orders)} orders${writing === undefined ? '' : `, ${count(writing.backfill.lines)} lines`}`,
    '',
    `${cpus().length} × ${cpus()[0]!.model}, ${Math.round(totalmem() / 2 ** 30)} GB, load ${loadavg()[0]!.toFixed(1)}, Node ${process.versions.node}, embedded PostgreSQL with its defaults.`,
    `\`npm run bench -- ${process.argv.slice(2).join(' ')}\``,
    '',
    ...(writing === undefined ? [] : writingLines(writing)),
    `Slowest report: ${slowest!.name}, ${slowest!.p50} ms. Slowest page: ${slowestPage!.name}, ${slowestPage!.p50} ms.`,
    '',
    '| report | ours, p50 ms | p95 ms | plain aggregate, p50 ms | ratio |',
    '|---|--:|--:|--:|--:|',
    ...reports.reports.map(reportRow),
    '',
    '| all that a page asks | p50 ms | p95 ms |',
    '|---|--:|--:|',
    ...reports.pages.map(({ name, p50, p95 }) => `| ${name.replace('page ', '')} | ${p50} | ${p95} |`),
  ];
  const file = new URL('./RESULTS.md', import.meta.url);
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace(`${marker}\n`, `${marker}\n${lines.join('\n')}\n`));
}

function reportRow({ name, p50, p95, raw }: ReportTiming): string {
  const plain = raw === undefined ? '| |' : `| ${raw} | ${times(raw / p50)} |`;
  return `| ${name} | ${p50} | ${p95} ${plain}`;
}

function times(ratio: number): string {
  return `${ratio < 10 ? ratio.toFixed(1) : ratio.toFixed(0)} ×`;
}

function writingLines(writing: NonNullable<Measurements['writing']>): string[] {
  const table = ['| what | ours | floor | ratio |', '|---|--:|--:|--:|', ...writingRows(writing)];
  return [...table, '', posted(writing.backfill)];
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
