import { Argument, Command } from 'commander';
import {
  type ImportKind,
  type ImportProgress,
  type ImportSummary,
  importFiles,
  importKinds,
} from '../../intake/index.ts';
import { type Answer, type Frame, type Outcome, withDatabase } from '../frame.ts';
import { type Progress, progressOf } from '../progress.ts';

/** `touchstone import orders FILE… --map mapping.yaml`: ends with 1 when rows were rejected, 2 when nothing could be done. */
export function importCommand(answer: Answer): Command {
  return new Command('import')
    .description('Record what CSV or NDJSON files hold; safe to repeat, and to stop at any moment')
    .addArgument(new Argument('<kind>', 'what they hold').choices(importKinds))
    .argument('<file...>', 'CSV or NDJSON files; those that join, together')
    .option('--map <file>', 'a mapping in YAML; without one, columns are named as the API names its fields')
    .option('--dry-run', 'record nothing; say what would become of every row')
    .option(
      '--rejects <file>',
      'where rejected rows are written, with line, field and reason (.csv or .ndjson)',
    )
    .action(answer(runImport));
}

type Asked = { map?: string; dryRun?: boolean; rejects?: string };

async function runImport(frame: Frame, kind: ImportKind, files: string[], asked: Asked): Promise<Outcome> {
  const stop = new AbortController();
  void frame.terminal.untilStopped().then(() => stop.abort());
  const show = progressShown(frame);
  const summary = await withDatabase(frame, ({ db }) =>
    importFiles(
      db,
      { kind, files, mapping: asked.map, dryRun: asked.dryRun ?? false, rejectsFile: asked.rejects },
      {
        clock: frame.clock,
        actor: frame.actor.name,
        currency: frame.settings.currency,
        visitWindowDays: frame.settings.visitWindowDays,
        report: show.report,
        signal: stop.signal,
      },
    ).finally(show.end),
  );
  return {
    text: textOf(summary, asked.rejects),
    data: summary,
    exitCode: summary.status === 'stopped' ? stoppedCode : summary.rejected > 0 ? 1 : 0,
  };
}

// As a shell reports a command that was interrupted.
const stoppedCode = 130;

function progressShown(frame: Frame) {
  let phase: ImportProgress['phase'] | undefined;
  let shown: Progress | undefined;
  const end = () => shown?.end();
  return {
    report(progress: ImportProgress) {
      if (progress.phase !== phase) {
        end();
        phase = progress.phase;
        shown = progressOf(frame, phase === 'joining' ? 'rows to join' : 'rows', progress.total);
      }
      shown?.reach(progress.done);
    },
    end,
  };
}

function textOf(summary: ImportSummary, rejectsFile: string | undefined): string {
  const { kind, records, seconds, resumed_at, rejected } = summary;
  const rate = seconds > 0 ? `, ${Math.round((records - resumed_at) / seconds)} a second` : '';
  const head = summary.dry_run ? 'Dry run, nothing was recorded: of' : 'Of';
  return [
    ...(resumed_at > 0 ? [`Went on after the ${resumed_at} ${kind} of an earlier run.`] : []),
    `${head} ${records} ${kind} ${countsText(summary)} (${seconds} s${rate}).`,
    ...(summary.status === 'stopped' ? ['Stopped. The same command goes on from here.'] : []),
    ...summary.first_rejections.map(
      ({ file, line, field, column, reason }) => `✗ ${file}:${line} ${placeOf(field, column)}${reason}`,
    ),
    ...(rejected === 0 ? [] : [restText(rejectsFile)]),
  ].join('\n');
}

function countsText({ created, updated, unchanged, ignored_older, rejected }: ImportSummary): string {
  const counts = { created, updated, unchanged, 'older and ignored': ignored_older, rejected };
  const said = Object.entries(counts).filter(([what, count]) => count > 0 || what === 'rejected');
  return said.map(([what, count]) => `${count} ${what}`).join(', ');
}

function placeOf(field: string | null, column: string | null): string {
  if (field === null) return '';
  return column === null || column === field ? `${field} ` : `${field} (column ${column}) `;
}

function restText(rejectsFile: string | undefined): string {
  return rejectsFile === undefined
    ? 'Rejected rows can be mended and imported again; --rejects FILE writes all of them down.'
    : `All that was rejected is in ${rejectsFile}.`;
}
