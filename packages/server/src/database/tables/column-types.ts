import type { ColumnType } from 'kysely';

/** Written once and never again: the ledger's columns have no update type. */
export type Once<T> = ColumnType<T, T, never>;

export type Json = ColumnType<unknown, string | null, string | null>;

/** A tstzrange, as PostgreSQL prints it. */
export type Range = string;
