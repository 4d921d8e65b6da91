import type { Overview } from '../../api/types/report.ts';
import { TextLink } from '../../elements/links.tsx';
import { formatShortMoney } from '../../format/money.ts';
import { formatPercent } from '../../format/number.ts';
import { paths } from '../../paths.ts';
import { useQuestion } from '../../question/use-question.ts';
import { useSession } from '../../session/use-session.ts';

/** How much of what was sold is attributed, in a sentence. */
export function HealthSentence({ overview }: { overview: Overview }) {
  const { attribution_rate, creditable_revenue, previous, currency } = overview;
  const { scope } = useSession();
  const { basis } = useQuestion();
  if (scope.kind !== 'all') return <>What is of {scope.names.join(', ')}.</>;
  if (creditable_revenue === null || basis === 'posted')
    return <>As booked: each movement on the day it was posted.</>;
  if (attribution_rate === null) return <>Nothing was sold that could be credited in this range.</>;
  return (
    <>
      {formatPercent(attribution_rate)} of {formatShortMoney(creditable_revenue, currency)} sold is attributed
      to campaigns{comparison(attribution_rate, previous?.attribution_rate)}.{' '}
      <TextLink to={paths.health} inherit underline="always">
        See what is not
      </TextLink>
    </>
  );
}

function comparison(now: number, before: number | null | undefined): string {
  if (before == null) return '';
  const points = now - before;
  if (Math.abs(points) < 0.05) return ', the same as the period before';
  return `, ${points > 0 ? 'up' : 'down'} from ${formatPercent(before)}`;
}
