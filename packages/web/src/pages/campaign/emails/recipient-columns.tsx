import type { Send } from '../../../api/types/email.ts';
import { TextLink } from '../../../elements/links.tsx';
import { StatusBadge } from '../../../elements/StatusBadge.tsx';
import classes from '../../../email/words.module.css';
import { formatInstant } from '../../../format/time.ts';
import type { Column } from '../../../table/column.ts';

/** @param partnerNames what partners are called, by id */
export function recipientColumns(tz: string, partnerNames: Map<string, string>): Column<Send>[] {
  const moment = (
    id: string,
    header: string,
    at: (send: Send) => string | undefined,
    more: Partial<Column<Send>> = {},
  ): Column<Send> => ({
    id,
    header,
    wide: true,
    value: at,
    cell: (send) => <span className={classes.moment}>{formatInstant(at(send), tz)}</span>,
    ...more,
  });
  return [
    {
      id: 'recipient',
      header: 'Recipient',
      value: recipientOf,
      cell: (send) => (
        <TextLink
          to="."
          search={(all) => ({ ...all, send: send.id })}
          replace
          resetScroll={false}
          title="What became of it, one thing after another"
          className={classes.words}
          inherit
        >
          {recipientOf(send)}
        </TextLink>
      ),
    },
    {
      id: 'retailer',
      header: 'Retailer',
      wide: true,
      value: ({ partner_id }) => (partner_id === null ? null : partnerNames.get(partner_id)),
    },
    {
      id: 'status',
      header: 'Status',
      value: ({ status }) => status,
      cell: ({ status }) => <StatusBadge status={status} />,
    },
    {
      id: 'machines',
      header: 'By machines',
      definition: 'What privacy proxies, scanners and the like did; it counts for nothing',
      value: machinesOf,
    },
    moment('sent', 'Sent', ({ sent_at }) => sent_at),
    moment('delivered', 'Delivered', ({ delivered }) => delivered?.first),
    moment('opened', 'Opened', ({ opened }) => opened?.first, { definition: 'First, by a person' }),
    moment('clicked', 'Clicked', ({ clicked }) => clicked?.first, { definition: 'First, by a person' }),
    { id: 'failure_reason', header: 'Why not', wide: true, value: ({ failure_reason }) => failure_reason },
  ];
}

/** A mail that only its own links tell of has no address yet, and whose address was erased has none any more. */
export function recipientOf({
  recipient_email,
  recipient_name,
}: Pick<Send, 'recipient_email' | 'recipient_name'>) {
  return recipient_email ?? recipient_name ?? 'without an address';
}

function machinesOf({ machine_opened, machine_clicked }: Send): string | null {
  const did = [machine_opened && 'opened', machine_clicked && 'clicked'].filter((each) => each !== null);
  return did.length === 0 ? null : did.join(', ');
}
