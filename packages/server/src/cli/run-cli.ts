import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { TouchstoneError } from '../vocabulary/errors.ts';
import { backfillCommand } from './commands/backfill.ts';
import { demoCommand } from './commands/demo.ts';
import { doctorCommand } from './commands/doctor.ts';
import { explainCommand } from './commands/explain.ts';
import { exportCommand } from './commands/export.ts';
import { importCommand } from './commands/import.ts';
import { jobsCommand } from './commands/jobs.ts';
import { keysCommand } from './commands/keys.ts';
import { migrateCommand } from './commands/migrate.ts';
import { reportCommand } from './commands/report.ts';
import { serveCommand } from './commands/serve.ts';
import { usersCommand } from './commands/users.ts';
import { verifyCommand } from './commands/verify.ts';
import { type Answer, answerTo } from './frame.ts';
import { printFailure, wrongUsage } from './print-failure.ts';
import type { Terminal } from './terminal.ts';

/** Every command, in the order in which the help names them. */
const commands: ((answer: Answer) => Command)[] = [
  serveCommand,
  demoCommand,
  reportCommand,
  explainCommand,
  verifyCommand,
  importCommand,
  exportCommand,
  backfillCommand,
  jobsCommand,
  usersCommand,
  keysCommand,
  migrateCommand,
  doctorCommand,
];

/** Runs one command line (without `node` and the script) and returns the exit code. Never throws. */
export async function runCli(words: string[], terminal: Terminal): Promise<number> {
  let exitCode = 0;
  const answer = answerTo(terminal, (code) => {
    exitCode = code;
  });
  const program = new Command('touchstone')
    .description('Which campaign earned which sale, to the cent.')
    .version(ownVersion())
    .option('--json', 'answer with JSON, for machines');
  for (const command of commands) program.addCommand(command(answer));
  const json = words.includes('--json');
  speakThrough(json ? { ...terminal, err: () => {} } : terminal, program);
  try {
    await program.parseAsync(words, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) return printFailure(terminal, error, json);
    if (error.exitCode === 0) return 0;
    if (json) printFailure(terminal, misused(error), json);
    return wrongUsage;
  }
}

/** Commander has told people already what was wrong; machines are told as of any other failure. */
function misused({ code, message }: CommanderError): TouchstoneError {
  const reason = code === 'commander.help' ? 'A command is missing; --help lists them.' : message;
  return new TouchstoneError('invalid', reason.replace(/^error: /, ''));
}

// Commander's subcommands inherit neither.
function speakThrough(terminal: Terminal, command: Command): void {
  command.exitOverride().configureOutput({
    writeOut: (text) => terminal.out(text.trimEnd()),
    writeErr: (text) => terminal.err(text.trimEnd()),
  });
  for (const subcommand of command.commands) speakThrough(terminal, subcommand);
}

function ownVersion(): string {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
