/** The door of the room that sums the ledger: by subject, at two grains, by sale and as booked. */
export { applyChanges } from './apply-changes.ts';
export { bucketOf, type Grain } from './buckets.ts';
export {
  type Basis,
  changeRollups,
  type RollupChanges,
  type RollupRules,
  type Standing,
} from './change-rollups.ts';
export { type Coverage, coverageOf, replaceCoverage, withoutVersions } from './coverage.ts';
export {
  findMismarkedOrders,
  findMisplacedOrders,
  findWrongAcquisitions,
} from './customers/find-misplaced-orders.ts';
export { placeCustomerOrders } from './customers/place-customer-orders.ts';
export { readAcquisitions } from './customers/read-acquisitions.ts';
export { personOf } from './customers/read-people.ts';
export { rebuildCustomers } from './customers/rebuild-customers.ts';
export { type AcquisitionMeasures, addAcquisitions, noAcquisitions } from './customers/sum-acquisitions.ts';
export { cutRange, type OpenSpan } from './cut-range.ts';
export { addMeasures, isNothing, type Measures, measureNames, noMeasures } from './measures.ts';
export { readMeasures, readMeasuresOf, readTogether } from './read-measures.ts';
export { type ByProduct, readProductMeasures } from './read-products.ts';
export { lockTree, rebuildRollups } from './rebuild-rollups.ts';
export { replayLedger, withCoverage } from './replay-ledger.ts';
export { type RollupRow, rowKey, rowsOf } from './rollup-rows.ts';
export { readSubjects, type Subject } from './subjects.ts';
export { breakDownVisits, type VisitShares } from './visits/break-down-visits.ts';
export { countByCampaign } from './visits/count-by-campaign.ts';
export { countKeptApart } from './visits/count-kept-apart.ts';
export { countVisits, countVisitsByInterval, noVisits, type VisitCounts } from './visits/count-visits.ts';
export { findWrongVisits } from './visits/find-wrong-visits.ts';
export { rebuildVisits } from './visits/rebuild-visits.ts';
export { sumVisits } from './visits/sum-visits.ts';
