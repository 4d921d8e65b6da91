/** Rows as aligned text under their headings; numbers to the right, null as a dash. */
export function tableText(rows: Record<string, string | number | null>[]): string {
  const headings = Object.keys(rows[0] ?? {});
  const columns = headings.map((heading) => {
    const values = rows.map((row) => row[heading] ?? '–');
    const width = Math.max(heading.length, ...values.map((value) => String(value).length));
    const isNumeric = values.some((value) => typeof value === 'number');
    const pad = (text: string) => (isNumeric ? text.padStart(width) : text.padEnd(width));
    return { heading: pad(heading), cells: values.map((value) => pad(String(value))) };
  });
  const line = (cells: string[]) => cells.join('  ').trimEnd();
  return [
    line(columns.map(({ heading }) => heading)),
    ...rows.map((_, place) => line(columns.map(({ cells }) => cells[place] ?? ''))),
  ].join('\n');
}
