/** The door of the room that holds the database: connect, change in transactions, migrate. */
export { type BinaryType, binaryRows } from './binary-rows.ts';
export {
  type ConnectionTarget,
  connectDatabase,
  connectQueue,
  type Database,
  type DatabaseConnection,
  urlOf,
} from './connect-database.ts';
export {
  enqueue,
  enqueueSettlement,
  type JobPayloads,
  pastFlag,
  pastPriority,
  settlementBatch,
} from './enqueue.ts';
export { inRepeatableTransaction } from './in-repeatable-transaction.ts';
export { inSnapshot } from './in-snapshot.ts';
export { inTransaction } from './in-transaction.ts';
export {
  migrateDatabase,
  migrateDown,
} from './migrate-database.ts';
export { missingMigrations } from './missing-migrations.ts';
export { type OpenDatabase, openDatabase } from './open-database.ts';
export { plainArray, textArray } from './plain-array.ts';
export { startPrivateServer } from './private-server/start-private-server.ts';
export { recordSet } from './record-set.ts';
export { withRowType } from './row-type.ts';
export { runPrepared } from './run-prepared.ts';
export {
  isCheckViolation,
  isExclusionViolation,
  isForeignKeyViolation,
  isUniqueViolation,
  sqlstate,
} from './sqlstate.ts';
export type { Tables } from './tables.ts';
