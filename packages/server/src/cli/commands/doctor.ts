import { Command } from 'commander';
import { checkInstallation, type Finding } from '../check-installation.ts';
import type { Answer, Frame, Outcome } from '../frame.ts';

/** `touchstone doctor` */
export function doctorCommand(answer: Answer): Command {
  return new Command('doctor')
    .description(
      'Check the configuration, the database and the queue, and say what to do about what is wrong',
    )
    .action(answer(doctor));
}

async function doctor(frame: Frame): Promise<Outcome> {
  const findings = await checkInstallation(frame);
  const failed = findings.filter(({ status }) => status === 'fail').length;
  const verdict = failed === 0 ? 'Nothing stands in the way.' : `${failed} to mend before it can work.`;
  return {
    text: [...findings.flatMap(lines), '', verdict].join('\n'),
    data: { ok: failed === 0, findings },
    exitCode: failed === 0 ? 0 : 1,
  };
}

const marks = { ok: '✓', warn: '!', fail: '✗' };

function lines({ status, subject, message, remedy }: Finding): string[] {
  return [`${marks[status]} ${subject}: ${message}`, ...(remedy === undefined ? [] : [`    ${remedy}`])];
}
