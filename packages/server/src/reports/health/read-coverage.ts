import type { Database } from '../../database/index.ts';
import { type Measures, type OpenSpan, readMeasures, readTogether } from '../../rollups/index.ts';
import type { ReportQuestion } from '../ask/resolve-question.ts';

/** What could be credited in a span, in all and by how many campaigns hold credit of a line. */
export type Coverage = { creditable: Measures; byMatches: Map<number, Measures> };

/** In each of the spans; undefined as booked: what could be credited is known by sale date only. */
export async function readCoverage(
  db: Database,
  question: ReportQuestion,
  spans: OpenSpan[],
): Promise<Coverage[] | undefined> {
  const creditable = await readCreditable(db, question, spans);
  if (creditable === undefined) return undefined;
  const matched = await readMeasures(db, { ...question, kind: 'matched' }, spans);
  return matched.map((byMatches, place) => ({
    creditable: creditable[place]!,
    byMatches: new Map([...byMatches].map(([matches, measures]) => [Number(matches), measures])),
  }));
}

/** What could be credited in all. */
export async function readCreditable(
  db: Database,
  question: ReportQuestion,
  spans: OpenSpan[],
): Promise<Measures[] | undefined> {
  if (question.basis === 'posted') return undefined;
  return await readTogether(db, { ...question, kind: 'creditable', subjects: [''] }, spans);
}
