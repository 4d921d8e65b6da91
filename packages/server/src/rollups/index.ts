/** The door of the room that sums the ledger: by subject, at two grains, by sale and as booked. */
export { applyChanges } from './apply-changes.ts';
export {
  type Basis,
  changeRollups,
  type RollupChanges,
  type RollupRules,
  type Standing,
} from './change-rollups.ts';
export { type Coverage, coverageOf, replaceCoverage, withoutVersions } from './coverage.ts';
export type { OpenSpan } from './cut-range.ts';
export { addMeasures, isNothing, type Measures, measureNames, noMeasures } from './measures.ts';
export { readMeasures } from './read-measures.ts';
export { lockTree, rebuildRollups } from './rebuild-rollups.ts';
export { replayLedger, withCoverage } from './replay-ledger.ts';
export { type RollupRow, rowKey, rowsOf } from './rollup-rows.ts';
export { readSubjects, type Subject } from './subjects.ts';
