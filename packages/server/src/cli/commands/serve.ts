import { Command } from 'commander';
import type { Answer, Frame, Outcome } from '../frame.ts';
import { type Installation, startInstallation } from '../start-installation.ts';

/** `touchstone serve` */
export function serveCommand(answer: Answer): Command {
  return new Command('serve')
    .description('Start the server, with its database unless DATABASE_URL names one, until told to stop')
    .action(answer(serve));
}

async function serve(frame: Frame): Promise<Outcome> {
  const stopped = frame.terminal.untilStopped();
  const installation = await startInstallation(frame.settings);
  frame.terminal.out(frame.json ? JSON.stringify(announcement(installation)) : welcome(installation));
  await stopped;
  frame.say('Stopping: what is under way is finished first.');
  await installation.stop();
  return { text: 'Stopped.', data: { status: 'stopped' } };
}

function announcement({ address, firstKey }: Installation) {
  return { status: 'serving', address, docs: `${address}/docs`, admin_key: firstKey ?? null };
}

function welcome({ address, firstKey }: Installation): string {
  const lines = [`Touchstone answers at ${address}`, `Its API is described at ${address}/docs`];
  const key = [
    '',
    `This is a new installation: open ${address} to make its first user. Its admin key, shown this once:`,
    '',
    `  ${firstKey}`,
    '',
    'Keep it safe; "touchstone keys create" makes more.',
  ];
  return [...lines, ...(firstKey === undefined ? [] : key)].join('\n');
}
