import type { OpenSpan } from '../../rollups/index.ts';
import type { ReportQuestion } from '../ask/resolve-question.ts';

/** The range of a report and, where it is compared, the one before. */
export function spansOf({ span, previous }: ReportQuestion): OpenSpan[] {
  return previous === undefined ? [span] : [span, previous];
}
