import { TextLink } from '../../elements/links.tsx';
import { formatInstant } from '../../format/time.ts';
import { paths } from '../../paths.ts';
import type { Question } from '../../question/use-question.ts';
import type { Column } from '../../table/column.ts';

type Sold = { order_id: string; order_number: string | null; external_id: string; sale_time: string };

/** Which order, as a link to its explanation, and when it was sold. */
export function orderColumns<Row extends Sold>({ tz }: Question): Column<Row>[] {
  return [
    {
      id: 'order',
      header: 'Order',
      value: ({ order_number, external_id }) => order_number ?? external_id,
      cell: ({ order_id, order_number, external_id }) => (
        <TextLink to={paths.order} params={{ orderId: order_id }} inherit>
          {order_number ?? external_id}
        </TextLink>
      ),
    },
    {
      id: 'sale_time',
      header: `Sold (${tz})`,
      value: ({ sale_time }) => sale_time,
      cell: ({ sale_time }) => formatInstant(sale_time, tz),
    },
  ];
}
