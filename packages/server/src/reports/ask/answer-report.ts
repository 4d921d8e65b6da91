import { type Database, inSnapshot } from '../../database/index.ts';
import type { RouteContext } from '../../vocabulary/route.ts';
import { type ReportMeta, readMeta } from './read-meta.ts';
import type { ReportQuery } from './report-query.ts';
import { type ReportQuestion, resolveQuestion } from './resolve-question.ts';

/** What a report needs to know of the request. */
export type ReportContext = Pick<RouteContext, 'db' | 'clock' | 'settings' | 'actor'>;

/**
 * Resolves a query, answers it and says what the answer is about, all from one snapshot of the database: rows, totals
 * and spend agree with each other whatever is posted meanwhile.
 *
 * @param answer may add a `note` of its own to what `meta` says
 *
 * @throws invalid for what the query names and does not exist, and whatever `answer` throws
 */
export async function answerReport<Answer extends object>(
  { db, clock, settings, actor }: ReportContext,
  query: ReportQuery,
  answer: (db: Database, question: ReportQuestion) => Promise<Answer & { note?: string }>,
): Promise<Answer & { meta: ReportMeta; question: ReportQuestion }> {
  return await inSnapshot(db, async (snapshot) => {
    const question = await resolveQuestion(snapshot, query, {
      settings,
      now: clock.now(),
      seen_by: actor.scope,
    });
    const { note, ...answered } = await answer(snapshot, question);
    const meta = await readMeta(snapshot, question);
    const notes = [meta.note, note].filter((each) => each !== undefined);
    return {
      ...(answered as Answer),
      question,
      meta: { ...meta, ...(notes.length > 0 && { note: notes.join(' ') }) },
    };
  });
}
