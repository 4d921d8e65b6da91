import { ask, type Request } from './ask.ts';

/** More pages than this are not fetched at once: 20 of 500 rows. */
const mostPages = 20;

/** A list whole, page after page, up to 10,000 rows; `complete` tells whether that was all. */
export async function askAll<Row>(
  path: string,
  query: NonNullable<Request['query']>,
  signal?: AbortSignal,
): Promise<{ rows: Row[]; complete: boolean }> {
  const rows: Row[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const { data, meta } = await ask<Row[], { next_cursor: string | null } | undefined>(path, {
      query: { limit: 500, ...query, cursor },
      signal,
    });
    rows.push(...data);
    cursor = meta?.next_cursor ?? undefined;
    if (cursor === undefined) return { rows, complete: true };
  }
  return { rows, complete: false };
}
