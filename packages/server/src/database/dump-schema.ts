import type pg from 'pg';

/**
 * The schema as a text for people to review: every table with its columns, constraints, indexes and triggers, then
 * views, types and functions, in an order that depends on names only. Made from the catalog, since the private server ships no
 * pg_dump; the same on PostgreSQL 15 and on newer ones. What extensions and the job queue bring is left out.
 */
export async function dumpSchema(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query<{ subject: string; lines: string[] }>(everything);
  return rows
    .map(({ subject, lines }) => [subject, ...lines.map(indent)].join('\n'))
    .join('\n\n')
    .concat('\n');
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}

// Left out because versions differ: NOT NULL as a constraint of its own (from 18; the columns say it), and the text of a
// view's query (16 prints it with fewer qualifiers; the migration has it), of which columns and sources remain.
const everything = `
  WITH ours AS (
    SELECT oid FROM pg_namespace
    WHERE nspname NOT LIKE 'pg\\_%' AND nspname NOT IN ('information_schema', 'graphile_worker')
  ), of_extensions AS (
    SELECT objid FROM pg_depend WHERE deptype = 'e'
  ), relations AS (
    SELECT oid, relkind,
      format('%s%I', CASE WHEN relnamespace <> 'public'::regnamespace THEN relnamespace::regnamespace || '.' END, relname) AS name
    FROM pg_class
    WHERE relnamespace IN (SELECT oid FROM ours) AND oid NOT IN (SELECT objid FROM of_extensions)
      AND relkind IN ('r', 'p', 'v', 'm', 'c')
  ), details AS (
    SELECT attrelid AS relation, 1 AS part, attnum::int AS place, concat_ws(' ',
      attname, format_type(atttypid, atttypmod),
      CASE WHEN attnotnull THEN 'NOT NULL' END,
      CASE WHEN attidentity <> '' THEN 'GENERATED AS IDENTITY' END,
      CASE WHEN attgenerated <> '' THEN 'GENERATED AS' WHEN adbin IS NOT NULL THEN 'DEFAULT' END,
      pg_get_expr(adbin, adrelid)) AS line
    FROM pg_attribute LEFT JOIN pg_attrdef ON (adrelid, adnum) = (attrelid, attnum)
    WHERE attnum > 0 AND NOT attisdropped
    UNION ALL
    SELECT conrelid, 2, 0, format('CONSTRAINT %I %s', conname, pg_get_constraintdef(oid))
    FROM pg_constraint WHERE contype <> 'n'
    UNION ALL
    SELECT indrelid, 3, 0, pg_get_indexdef(indexrelid)
    FROM pg_index WHERE NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u', 'x'))
    UNION ALL
    SELECT tgrelid, 4, 0, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL
    SELECT DISTINCT ev_class, 5, 0, format('FROM %s', refobjid::regclass)
    FROM pg_rewrite JOIN pg_depend ON objid = pg_rewrite.oid
    WHERE refclassid = 'pg_class'::regclass AND refobjid <> ev_class
  ), described AS (
    SELECT 1 AS kind, name AS name,
      concat(CASE relkind WHEN 'v' THEN 'VIEW ' WHEN 'm' THEN 'MATERIALIZED VIEW ' WHEN 'c' THEN 'TYPE ' ELSE 'TABLE ' END, name) AS subject,
      ARRAY(SELECT line FROM details WHERE relation = oid ORDER BY part, place, line COLLATE "C") AS lines
    FROM relations
    UNION ALL
    SELECT 2, proname, format('FUNCTION %s', oid::regprocedure), ARRAY[btrim(pg_get_functiondef(oid), E'\\n')]
    FROM pg_proc
    WHERE pronamespace IN (SELECT oid FROM ours) AND prokind <> 'a' AND oid NOT IN (SELECT objid FROM of_extensions)
    UNION ALL
    SELECT 0, extname, format('EXTENSION %I', extname), '{}' FROM pg_extension WHERE extname <> 'plpgsql'
  )
  SELECT subject, lines FROM described ORDER BY kind, name COLLATE "C", subject COLLATE "C"`;
