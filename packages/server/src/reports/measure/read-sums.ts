import type { Database } from '../../database/index.ts';
import { readTogether } from '../../rollups/index.ts';
import type { ReportQuestion } from '../ask/resolve-question.ts';
import { type Compared, figuresOf, type Sums } from '../figures.ts';
import { readSpend, type Spend, totalSpend } from './read-spend.ts';
import type { Scope } from './scope.ts';
import { spansOf } from './spans-of.ts';

/**
 * The figures of a scope over the range of the question, and over the one it is compared with.
 *
 * @param spends what `readSpend` answered for all campaigns, where a report has asked already
 */
export async function readFigures(
  db: Database,
  question: ReportQuestion,
  scope: Scope,
  spends?: Spend[],
): Promise<Compared> {
  const [now, before] = await readSums(db, question, scope, spends);
  return { figures: figuresOf(now!), previous: before && figuresOf(before) };
}

/** The sums behind them. */
export async function readSums(
  db: Database,
  question: ReportQuestion,
  scope: Scope,
  spends?: Spend[],
): Promise<Sums[]> {
  const { kind, subjects, campaign_ids, adds } = scope;
  const answers = await readTogether(db, { ...question, kind, subjects }, spansOf(question));
  const spent = spends ?? (await readSpend(db, question, campaign_ids));
  return answers.map((measures, place) => ({
    measures,
    spend_minor: totalSpend(spent[place]!, campaign_ids),
    counted_once: !adds,
  }));
}
