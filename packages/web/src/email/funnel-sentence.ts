import type { FunnelStep } from '../api/types/email.ts';
import { formatCount, formatPercent } from '../format/number.ts';

/** "Of 5 delivered mails people opened 3 (60.0%) and clicked in 2 of these (66.7%); 3 sales in the range." */
export function funnelSentence(steps: FunnelStep[]): string | undefined {
  const [, delivered, opened, clicked, converted] = steps;
  if (!delivered || !opened || !clicked || !converted || delivered.count === 0) return undefined;
  return (
    `Of ${formatCount(delivered.count)} delivered ${delivered.count === 1 ? 'mail' : 'mails'} people opened ` +
    `${formatCount(opened.count)} (${formatPercent(opened.of_previous)}) and clicked in ${formatCount(clicked.count)} ` +
    `(${formatPercent(clicked.of_previous)} of these); ${formatCount(converted.count)} ` +
    `${converted.count === 1 ? 'sale' : 'sales'} in the range.`
  );
}
