import { Presets, SingleBar } from 'cli-progress';
import type { Frame } from './frame.ts';

/** Progress of a long command: a bar on a terminal, a line now and then elsewhere, nothing with `--json`. */
export type Progress = { reach(done: number): void; end(): void };

const linesInAll = 10;

export function progressOf({ json, say }: Frame, what: string, total: number): Progress {
  if (json || total === 0) return { reach: () => {}, end: () => {} };
  if (!process.stderr.isTTY) return linesOf(say, what, total);
  const bar = new SingleBar(
    { format: `{bar} {percentage} % · {value} of {total} ${what} · {eta_formatted} left`, hideCursor: true },
    Presets.shades_classic,
  );
  bar.start(total, 0);
  return { reach: (done) => bar.update(done), end: () => bar.stop() };
}

function linesOf(say: (line: string) => void, what: string, total: number): Progress {
  let said = 0;
  return {
    reach: (done) => {
      const part = Math.floor((done / total) * linesInAll);
      if (part > said) say(`${done} of ${total} ${what}`);
      said = Math.max(said, part);
    },
    end: () => {},
  };
}
