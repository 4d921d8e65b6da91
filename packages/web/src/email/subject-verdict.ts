import type { SubjectRow } from '../api/types/email.ts';
import { formatPercent, formatQuantity } from '../format/number.ts';

type Rate = 'open_rate' | 'click_rate';

const verbs: Record<Rate, string> = { open_rate: 'opened', click_rate: 'clicked' };

/** What the comparison of the first two says: whether their difference is more than chance makes. */
export function subjectVerdict(rows: SubjectRow[], by: Rate): string | undefined {
  const [best, next] = [...rows].sort((a, b) => a.rank - b.rank);
  if (best === undefined || best[by] === null) return undefined;
  const first = `“${best.subject}” was ${verbs[by]} most, by ${formatPercent(best[by])}`;
  if (next === undefined) return `${first}; there is none to compare it with.`;
  switch (next.is_significant) {
    case true:
      return `${first}: more than “${next.subject}”, and not by chance.`;
    case false:
      return `${first}, but what it is ahead of “${next.subject}” may be chance.`;
    case null:
      return `${first}; too few mails tell whether that is more than chance.`;
  }
}

/** A row against the first: "12.0 points less, not by chance (p = 0.0031)". */
export function subjectVerdictOf({ rank, difference, p_value, is_significant }: SubjectRow): string | null {
  if (rank === 1) return 'the first';
  if (difference === null) return null;
  const points = formatQuantity(Math.abs(Math.round(difference * 10) / 10));
  if (p_value === null) return `${points} points less`;
  const chance = p_value < 0.0001 ? 'p < 0.0001' : `p = ${formatQuantity(p_value)}`;
  return `${points} points less, ${is_significant ? 'not by chance' : 'may be chance'} (${chance})`;
}
