/** The door of the room that decides: evidence and model versions in, credit and its reasons out. */
export { decideCredits, isCountable } from './decide-credits.ts';
export { explainLines, type LineExplanation } from './explain-order.ts';
export { type GatheredOrder, gatherEvidence } from './gather-evidence.ts';
export { matcher } from './match-campaigns.ts';
export {
  ensureModelVersions,
  keptVersions,
  type ModelVersion,
  publishModelVersion,
} from './model-versions.ts';
export { models } from './models/index.ts';
export { routes } from './routes.ts';
