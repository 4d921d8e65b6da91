import { Text } from '@mantine/core';
import type { ExplainedTouch, Order, TouchShare } from '../../api/types/order.ts';
import { CampaignName } from '../../campaigns/CampaignName.tsx';
import { formatMoney } from '../../format/money.ts';
import { formatPercent } from '../../format/number.ts';
import { formatInstant, withReadableTimes } from '../../format/time.ts';
import classes from './Explain.module.css';
import { Verdict } from './Verdict.tsx';

type TouchVerdictProps = { touch: ExplainedTouch; model: string; order: Order; tz: string };

const deeds = {
  visit: 'Clicked',
  email_click: 'Clicked in a mail',
  email_open: 'Looked at a mail',
} as const;

/** What a touch brought under a model, and why it may be credited or not. */
export function TouchVerdict({ touch, model, order, tz }: TouchVerdictProps) {
  const credited = touch.credited_by.includes(model);
  const share = touch.shares.find((each) => each.model === model);
  const brought = credited ? share : undefined;
  return (
    <Verdict
      name={
        touch.campaign_id === null ? touch.name : <CampaignName id={touch.campaign_id} name={touch.name} />
      }
      credited={credited}
      verdict={credited ? 'brought credit' : 'brought no credit'}
      revenue={brought?.revenue}
      currency={order.currency}
    >
      <Text size="xs" c="dimmed">
        {deeds[touch.kind]} {formatInstant(touch.touched_at, tz)}. {withReadableTimes(touch.reason, tz)}
      </Text>
      {brought !== undefined && <Weighed share={brought} order={order} />}
    </Verdict>
  );
}

/** How heavily it weighed and, of an order of several lines, what it brought of each. */
function Weighed({ share, order }: { share: TouchShare; order: Order }) {
  const weight = `${formatPercent(share.weight_percent)} of the path’s weight`;
  if (share.lines.length < 2) {
    return (
      <Text size="xs" className="figure">
        {weight}
      </Text>
    );
  }
  return (
    <details className={classes.byLine}>
      <summary className="figure">{weight}, by line</summary>
      <ul className={classes.list}>
        {share.lines.map(({ line_no, revenue }) => (
          <li key={line_no} className={classes.verdictHead}>
            <Text size="xs" truncate>
              {lineName(order, line_no)}
            </Text>
            <Text size="xs" className="figure" style={{ whiteSpace: 'nowrap' }}>
              {formatMoney(revenue, order.currency)}
            </Text>
          </li>
        ))}
      </ul>
    </details>
  );
}

function lineName({ lines }: Order, lineNo: number): string {
  if (lineNo === 0) return lines.length === 0 ? 'The order' : 'Shipping and tax';
  const product = lines.find(({ line_no }) => line_no === lineNo)?.product;
  return product?.name ?? product?.external_id ?? `Line ${lineNo}`;
}
