import { Command } from 'commander';
import { migrateDatabase, migrateDown, openDatabase } from '../../database/index.ts';
import type { Answer, Frame, Outcome } from '../frame.ts';

/** `touchstone migrate [--down]` */
export function migrateCommand(answer: Answer): Command {
  return new Command('migrate')
    .description('Bring the database schema up to date, or take its newest step back')
    .option('--down', 'take the newest step back')
    .action(answer(migrate));
}

async function migrate(frame: Frame, { down }: { down?: boolean }): Promise<Outcome> {
  const database = await openDatabase(frame.settings, { log: frame.say, company: 'beside' });
  try {
    return down ? await goBack() : await goOn();
  } finally {
    await database.close();
  }

  async function goOn(): Promise<Outcome> {
    const applied = await migrateDatabase(database.pool);
    const text = applied.length === 0 ? 'The schema is up to date.' : `Applied ${applied.join(', ')}.`;
    return { text, data: { applied } };
  }

  async function goBack(): Promise<Outcome> {
    const reverted = await migrateDown(database.pool);
    const text = reverted === undefined ? 'There is no step to take back.' : `Took back ${reverted}.`;
    return { text, data: { reverted: reverted ?? null } };
  }
}
