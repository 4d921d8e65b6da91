import { Text } from '@mantine/core';
import type {
  CreditEntry,
  ExplainedTouch,
  Order,
  ExplainedPath as Path,
  Share,
} from '../../api/types/order.ts';
import { useCampaigns } from '../../campaigns/use-campaigns.ts';
import { PeriodBars } from '../../charts/PeriodBars.tsx';
import { formatMoney } from '../../format/money.ts';
import { formatInstant } from '../../format/time.ts';
import { hueColor } from '../../theme/palette.ts';
import classes from './Explain.module.css';
import { Posted } from './Posted.tsx';
import { TouchVerdict } from './TouchVerdict.tsx';

type ExplainedPathProps = {
  path: Path;
  share: Share;
  entries: CreditEntry[];
  order: Order;
  saleTime: string;
  tz: string;
};

/** The whole order as the river: the touches before the sale, which of them count, and what the ledger holds. */
export function ExplainedPath({ path, share, entries, order, saleTime, tz }: ExplainedPathProps) {
  return (
    <article aria-label="The whole order">
      <div className={classes.head}>
        <Text fw={600} size="sm">
          The whole order, with shipping and tax
        </Text>
        <Text span size="sm" className="figure">
          {formatMoney(order.net_total, order.currency)}
        </Text>
      </div>
      <div className={classes.river}>
        <section className={classes.station} aria-label="Evidence">
          <h3 className={classes.title}>Evidence</h3>
          <Touches touches={path.touches} saleTime={saleTime} tz={tz} />
        </section>
        <section className={classes.station} aria-label="Decision">
          <h3 className={classes.title}>Decision</h3>
          <ul className={classes.list}>
            {path.touches.map((touch) => (
              <TouchVerdict key={touch.touch_id} touch={touch} model={share.model} order={order} tz={tz} />
            ))}
          </ul>
          <div className={classes.arithmetic}>{share.arithmetic}</div>
        </section>
        <section className={classes.station} aria-label="Ledger">
          <h3 className={classes.title}>Ledger</h3>
          <Posted entries={entries} />
        </section>
      </div>
    </article>
  );
}

type TouchesProps = { touches: ExplainedTouch[]; saleTime: string; tz: string };

/** How long each touch was alive, with the sale as a mark across. */
function Touches({ touches, saleTime, tz }: TouchesProps) {
  const byId = useCampaigns().data?.byId;
  if (touches.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        Nobody is known to have visited by a link before this order. An order is joined to its visits by its
        session_id, or by its customer.
      </Text>
    );
  }
  return (
    <>
      <PeriodBars
        stacked
        timeZone={tz}
        mark={{ at: saleTime, label: 'sale' }}
        span={{ from: touches[0]!.touched_at, to: saleTime }}
        rows={touches.map(({ touch_id, campaign_id, name, touched_at, expires_at, credited_by }) => ({
          id: touch_id,
          label: name,
          text: `From ${formatInstant(touched_at, tz)}${expires_at === null ? '' : ` alive until ${formatInstant(expires_at, tz)}`}`,
          periods: expires_at === null ? [] : [{ from: touched_at, to: expires_at }],
          color: credited_by.length > 0 ? hueColor(byId?.get(campaign_id ?? '')?.place) : 'var(--previous)',
        }))}
      />
      <Text size="xs" c="dimmed" mt={6}>
        A bar begins with the click and ends when the visit expires.
      </Text>
    </>
  );
}
