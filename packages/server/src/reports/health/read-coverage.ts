import type { Database } from '../../database/index.ts';
import { type Measures, noMeasures, type OpenSpan, readMeasures } from '../../rollups/index.ts';
import type { ReportQuestion } from '../ask/resolve-question.ts';

/** What could be credited in a span, in all and by how many campaigns hold credit of a line. */
export type Coverage = { creditable: Measures; byMatches: Map<number, Measures> };

/** Undefined as booked: what could be credited is known by sale date only. */
export async function readCoverage(
  db: Database,
  question: ReportQuestion,
  span: OpenSpan,
): Promise<Coverage | undefined> {
  if (question.basis === 'posted') return undefined;
  const [creditable] = await readMeasures(db, { ...question, kind: 'creditable' }, [span]);
  const [matched] = await readMeasures(db, { ...question, kind: 'matched' }, [span]);
  return {
    creditable: creditable!.get('') ?? noMeasures(),
    byMatches: new Map([...matched!].map(([matches, measures]) => [Number(matches), measures])),
  };
}
