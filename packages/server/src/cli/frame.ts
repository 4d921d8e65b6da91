import type { Command } from 'commander';
import { missingMigrations, type OpenDatabase, openDatabase } from '../database/index.ts';
import { permissionsOf } from '../people/index.ts';
import { type Clock, systemClock } from '../vocabulary/clock.ts';
import { TouchstoneError } from '../vocabulary/errors.ts';
import { type Actor, everything } from '../vocabulary/permission.ts';
import type { Settings } from '../vocabulary/settings.ts';
import { readSettings } from './settings/read-settings.ts';
import type { Terminal } from './terminal.ts';

/** What a command answers: text for people, data for `--json`, and the exit code when it is not 0. */
export type Outcome = { text: string; data: unknown; exitCode?: number };

/** What a command is given besides its own arguments. */
export type Frame = {
  terminal: Terminal;
  settings: Settings;
  clock: Clock;
  /** Whoever types commands on this machine can do everything; the audit log says that it was here. */
  actor: Actor;
  json: boolean;
  /** A line on the way, for people only: silent with `--json`. */
  say(line: string): void;
};

/** Makes the action of a command: `.action(answer((frame, argument, options) => …))`. */
export type Answer = <Given extends unknown[]>(
  act: (frame: Frame, ...given: Given) => Promise<Outcome>,
) => (...given: unknown[]) => Promise<void>;

/** Makes the `answer` of one run; `finish` is told how it ended. */
export function answerTo(terminal: Terminal, finish: (exitCode: number) => void): Answer {
  return <Given extends unknown[]>(act: (frame: Frame, ...given: Given) => Promise<Outcome>) =>
    // Commander gives the arguments, the options and last the command itself.
    async (...given: unknown[]) => {
      const command = given.at(-1) as Command;
      const { json = false } = command.optsWithGlobals<{ json?: boolean }>();
      const frame: Frame = {
        terminal,
        settings: readSettings(terminal.environment),
        clock: systemClock,
        actor: { name: 'cli', permissions: permissionsOf('admin'), scope: everything },
        json,
        say: json ? () => {} : terminal.err,
      };
      const { text, data, exitCode = 0 } = await act(frame, ...(given.slice(0, -1) as Given));
      if (json) terminal.out(JSON.stringify(data));
      else if (text !== '') terminal.out(text);
      finish(exitCode);
    };
}

/**
 * Opens the installation's database for one command, beside a running server or alone, and closes it after.
 *
 * @throws configuration when it lacks migrations
 */
export async function withDatabase<Result>(
  { settings, say }: Frame,
  work: (database: OpenDatabase) => Promise<Result>,
): Promise<Result> {
  const database = await openDatabase(settings, { log: say, company: 'beside' });
  try {
    const missing = await missingMigrations(database.db);
    if (missing.length > 0) {
      throw new TouchstoneError(
        'configuration',
        `The database lacks ${missing.join(', ')}: run "touchstone migrate", or start the server, which does it too.`,
      );
    }
    return await work(database);
  } finally {
    await database.close();
  }
}
