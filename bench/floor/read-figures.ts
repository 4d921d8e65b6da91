/** Figures of one row, all of them whole numbers: money in minor units, units in ten-thousandths. */
export type Figures = Record<string, number>;

/** A row of a report, as its JSON has it. */
export type ReportRow = Record<string, unknown>;

const places: Record<string, number> = {
  units: 4,
  revenue: 2,
  profit: 2,
  revenue_to_date: 2,
  new_customer_revenue: 2,
};

/** The figures named of a report's row. What the report says it does not know is left out; unknown profit is nothing. */
export function figuresOfReport(row: ReportRow, names: string[]): Figures {
  const known = names.flatMap((name) => {
    const value = row[name] ?? (name === 'profit' ? 0 : null);
    return value === null ? [] : [[name, Math.round(Number(value) * 10 ** (places[name] ?? 0))] as const];
  });
  return Object.fromEntries(known);
}

/** The rows of a statement by their subject, an instant as ISO 8601. */
export function figuresOfStatement(rows: ReportRow[]): Map<string, Figures> {
  return new Map(
    rows.map(({ subject, ...figures }) => [
      subject instanceof Date ? subject.toISOString() : String(subject ?? ''),
      Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, Number(value)])),
    ]),
  );
}

export const creditFigures = ['units', 'revenue', 'profit', 'orders', 'lines'];
