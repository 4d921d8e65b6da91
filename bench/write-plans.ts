import { mkdir, writeFile } from 'node:fs/promises';
import type { LogEvent } from 'kysely';
import type { Pool } from 'pg';
import { placesOf } from './measure-reports.ts';
import { questions } from './reports.ts';
import { serveBench } from './serve-bench.ts';

const folder = new URL('./plans/', import.meta.url);

/**
 * Writes down, for each report, the statements it sends and the plans the database makes for them, without figures
 * that differ from run to run: a change of a plan is seen in review. To be run at full size, where the plans matter.
 */
export async function writePlans(pool: Pool): Promise<void> {
  const fill = await placesOf(pool);
  let sent: LogEvent['query'][] = [];
  const { server, ask } = await serveBench(pool, ({ level, query }) => {
    if (level === 'query') sent.push(query);
  });
  await mkdir(folder, { recursive: true });
  for (const { name, path } of questions.filter(({ csv }) => !csv)) {
    sent = [];
    await ask(fill(path));
    const parts = [`GET ${path}`];
    for (const { sql, parameters } of sent.filter(readsData)) {
      parts.push(`${tidy(sql)}\n\n${await planOf(pool, sql, parameters)}`);
    }
    await writeFile(new URL(`${name}.txt`, folder), `${parts.join('\n\n――\n\n')}\n`);
  }
  await server.close();
}

function readsData({ sql }: LogEvent['query']): boolean {
  return /^\s*(select|with)\b/i.test(sql) && !/\bapi_keys\b|\bsessions\b/.test(sql);
}

async function planOf(pool: Pool, sql: string, parameters: readonly unknown[]): Promise<string> {
  const { rows } = await pool.query<{ 'QUERY PLAN': string }>(`explain (costs off) ${sql}`, [...parameters]);
  // The ids in the plan are those of the bench's own data.
  return rows.map((row) => row['QUERY PLAN'].replace(/'[0-9a-f-]{36}'/g, '‹id›').slice(0, 400)).join('\n');
}

function tidy(sql: string): string {
  return sql.trim().replace(/\n\s*\n/g, '\n');
}
