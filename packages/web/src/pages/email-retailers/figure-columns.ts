import type { EmailFigures } from '../../api/types/email.ts';
import { emailColumn } from '../../email/email-figures.ts';
import type { Column } from '../../table/column.ts';
import type { Rankable } from './rankable.ts';

const alwaysShown = [
  'revenue',
  'sent',
  'open_rate',
  'click_rate',
  'delivered',
  'sales',
  'average_order_value',
  'leads',
] as const satisfies Rankable[];

/** The figure of the rank, then those that stand in a table whatever it is ranked by; a phone shows the first few. */
export function figureColumns<Row extends Partial<EmailFigures>>(
  figure: Rankable,
  currency: string,
): Column<Row>[] {
  const names = [figure, ...alwaysShown.filter((name) => name !== figure)];
  return names.map((name, place) => emailColumn<Row>(name, currency, { wide: place > 2 }));
}
