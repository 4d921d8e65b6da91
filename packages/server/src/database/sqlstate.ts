/**
 * The conditions we branch on, by the code PostgreSQL gives them: codes are stable over versions, languages and
 * clusters, messages and constraint names are not.
 * @see https://www.postgresql.org/docs/15/errcodes-appendix.html
 */
export const isUniqueViolation = (error: unknown): boolean => sqlstate(error) === '23505';
export const isForeignKeyViolation = (error: unknown): boolean => sqlstate(error) === '23503';
export const isCheckViolation = (error: unknown): boolean => sqlstate(error) === '23514';
export const isExclusionViolation = (error: unknown): boolean => sqlstate(error) === '23P01';
export const isDatatypeMismatch = (error: unknown): boolean => sqlstate(error) === '42804';
export const isUndefinedTable = (error: unknown): boolean => sqlstate(error) === '42P01';

/** The database chose this transaction to give way to another; the same work may succeed when repeated. */
export function isWorthRepeating(error: unknown): boolean {
  const serializationFailure = '40001';
  const deadlockDetected = '40P01';
  return [serializationFailure, deadlockDetected].includes(sqlstate(error) ?? '');
}

/** The five-character code of an error that came from PostgreSQL; undefined for any other error. */
export function sqlstate(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('severity' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
