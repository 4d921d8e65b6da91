import type { Figures, VisitFigures } from '../api/types/report.ts';
import { figureHeader, figures, formatFigure } from '../format/figures.ts';
import type { Column } from './column.ts';

/** The column of a figure, with its unit in the header and its definition at hand. */
export function figureColumn<Row extends Partial<Figures & VisitFigures>>(
  name: keyof typeof figures,
  currency: string,
  more: Partial<Column<Row>> = {},
): Column<Row> {
  return {
    id: name,
    header: figureHeader(name, currency),
    definition: figures[name].definition,
    numeric: true,
    value: (row) => row[name],
    cell: (row) => formatFigure(name, row[name], currency),
    ...more,
  };
}
