import { describe, expect, it } from 'vitest';
import { freshDatabase } from '../../../test/fresh-database.ts';
import { missingMigrations } from '../../database/index.ts';
import { runCli } from '../run-cli.ts';

const { db, url } = await freshDatabase();

async function migrate(...words: string[]) {
  const out: string[] = [];
  const exitCode = await runCli(['migrate', ...words, '--json'], {
    environment: { DATABASE_URL: url },
    out: (line) => out.push(line),
    err: () => {},
    untilStopped: async () => {},
  });
  return { exitCode, ...JSON.parse(out.join('')) };
}

describe('touchstone migrate', () => {
  it('takes the newest step back, one at a time, and brings them all on again', async () => {
    expect(await migrate()).toEqual({ exitCode: 0, applied: [] });

    const { reverted } = await migrate('--down');
    expect(await missingMigrations(db)).toEqual([reverted]);
    while ((await migrate('--down')).reverted !== null);
    const all = await missingMigrations(db);
    expect(all.at(-1)).toBe(reverted);

    expect(await migrate()).toEqual({ exitCode: 0, applied: all });
    expect(await missingMigrations(db)).toEqual([]);
  });
});
