/** The door of the room that decides: evidence and model versions in, credit and its reasons out. */

export { creditTouches } from './credit-touches.ts';
export { isCreditable, readTouchRules, type TouchRules } from './creditable-touches.ts';
export {
  type Learned,
  type Learning,
  learnFromPaths,
} from './data-driven/learn-from-paths.ts';
export { decideCredits, isCountable } from './decide-credits.ts';
export { explainLines, type LineExplanation } from './explain-order.ts';
export { explainPath, type PathExplanation } from './explain-path.ts';
export type { CampaignNames } from './explain-share.ts';
export { explainTouchCredit, noShare, type TouchShare, touchShareShape } from './explain-touch-credit.ts';
export { type GatheredOrder, gatherEvidence } from './gather-evidence.ts';
export { matcher } from './match-campaigns.ts';
export {
  addVersion,
  ensureModelVersions,
  hasSettings,
  keptVersions,
  lockVersions,
  type ModelVersion,
  publishModelVersion,
  type VersionSettings,
  type WantedModels,
} from './model-versions.ts';
export { eligibleTouches, isAlive } from './models/eligible-touches.ts';
export { models } from './models/index.ts';
export { parametersField, readParameters } from './read-parameters.ts';
export { routes, showVersion } from './routes.ts';
