import type { Environment } from './settings/read-settings.ts';

/** What the command line talks to: the process in life, a record in a test. */
export type Terminal = {
  environment: Environment;
  /** Results, a line at a time. */
  out(line: string): void;
  /** Everything else: progress, warnings, errors. */
  err(line: string): void;
  /** Resolves when somebody asks the process to end. */
  untilStopped(): Promise<void>;
};

export const processTerminal: Terminal = {
  environment: process.env,
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
  untilStopped: () =>
    new Promise((resolve) => {
      let asked = false;
      const stop = () => {
        // Whoever asks twice does not want to wait.
        if (asked) process.exit(130);
        asked = true;
        resolve();
      };
      // The listeners stay: the private database asks whether somebody handles the signal before it obeys it itself.
      for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, stop);
    }),
};
