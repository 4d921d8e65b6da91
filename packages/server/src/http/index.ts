export { forgetOldAnswers } from './answer-once.ts';
export { askRoute } from './ask-route.ts';
export { buildServer } from './build-server.ts';
export { builtDashboard } from './serve-dashboard.ts';
export { builtTracker } from './serve-tracker.ts';
export { csvOf } from './write-csv.ts';
