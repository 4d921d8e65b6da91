/** The door of the room that stitches the others together: settling, backfilling, verifying, working the queue. */
export { type BackfillView, cancelBackfill, readBackfill, resumeBackfill } from './admin/backfills.ts';
export { type JobView, listJobs, readQueue, retryJob } from './admin/queue.ts';
export { fillNewVersions } from './fill-new-versions.ts';
export { fillRollups } from './fill-rollups.ts';
export { lastTouchOf } from './last-touch-of.ts';
export { previewReach } from './preview-reach.ts';
export { readBackfillRequest } from './read-backfill-request.ts';
export { routes } from './routes.ts';
export { drainQueue, runWorker } from './run-worker.ts';
export { startBackfill } from './start-backfill.ts';
export type { Difference } from './verify/difference.ts';
export { type Verification, verifyInstallation } from './verify/verify-installation.ts';
