import { Text } from '@mantine/core';
import type { CreditEntry, ExplainedLine as Line, Order } from '../../api/types/order.ts';
import { TextLink } from '../../elements/links.tsx';
import { formatMoney } from '../../format/money.ts';
import { formatQuantity } from '../../format/number.ts';
import { paths } from '../../paths.ts';
import { Decision } from './Decision.tsx';
import { Evidence } from './Evidence.tsx';
import classes from './Explain.module.css';
import { Posted } from './Posted.tsx';

type ExplainedLineProps = {
  line: Line;
  model: string | undefined;
  entries: CreditEntry[];
  order: Order;
  saleTime: string;
  tz: string;
};

/** One line of the order as the river: evidence, decision, ledger. */
export function ExplainedLine({ line, model, entries, order, saleTime, tz }: ExplainedLineProps) {
  const sold = order.lines.find(({ line_no }) => line_no === line.line_no);
  const share = line.shares.find((each) => each.model === model);
  const name = sold?.product.name ?? sold?.product.external_id ?? `Line ${line.line_no}`;
  return (
    <article aria-label={`Line ${line.line_no}: ${name}`}>
      <div className={classes.head}>
        <TextLink to={paths.product} params={{ productId: line.product_id }} fw={600} size="sm">
          {name}
        </TextLink>
        <Text span size="sm" className="figure">
          {formatQuantity(line.quantity)} × · {formatMoney(line.revenue, order.currency)} net
        </Text>
      </div>
      <div className={classes.river}>
        <section className={classes.station} aria-label="Evidence">
          <h3 className={classes.title}>Evidence</h3>
          <Evidence candidates={line.candidates} saleTime={saleTime} tz={tz} />
        </section>
        <section className={classes.station} aria-label="Decision">
          <h3 className={classes.title}>Decision</h3>
          <Decision candidates={line.candidates} share={share} currency={order.currency} tz={tz} />
        </section>
        <section className={classes.station} aria-label="Ledger">
          <h3 className={classes.title}>Ledger</h3>
          <Posted entries={entries} />
        </section>
      </div>
    </article>
  );
}
