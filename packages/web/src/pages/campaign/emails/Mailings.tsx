import { useMemo } from 'react';
import type { Mailing } from '../../../api/types/email.ts';
import { TextLink } from '../../../elements/links.tsx';
import { Panel } from '../../../elements/Panel.tsx';
import { emailColumn } from '../../../email/email-figures.ts';
import classes from '../../../email/words.module.css';
import { formatInstant } from '../../../format/time.ts';
import type { Column } from '../../../table/column.ts';
import { DataTable } from '../../../table/DataTable.tsx';

type MailingsProps = { mailings: Mailing[]; shownId: string; tz: string };

/** The mailings of a campaign; each leads to its recipients. */
export function Mailings({ mailings, shownId, tz }: MailingsProps) {
  const columns = useMemo(() => columnsFor(shownId, tz), [shownId, tz]);
  return (
    <Panel title="Mailings" note="All that was sent of each, whatever the range.">
      <DataTable
        label="Mailings"
        name="mailings-"
        columns={columns}
        rows={mailings}
        rowId={({ id }) => id}
        sort={{ id: 'sent_at', desc: true }}
        csv="mailings"
        pageSize={10}
        empty=""
      />
    </Panel>
  );
}

function columnsFor(shownId: string, tz: string): Column<Mailing>[] {
  // Counts of mails have no currency.
  const figure = (name: Parameters<typeof emailColumn>[0], wide = false) =>
    emailColumn<Mailing>(name, '', { wide });
  return [
    {
      id: 'subject',
      header: 'Subject',
      value: ({ subject }) => subject,
      cell: ({ id, subject }) => (
        <TextLink
          to="."
          search={(all) => ({ ...all, mailing: id, page: undefined })}
          replace
          resetScroll={false}
          aria-current={id === shownId ? true : undefined}
          fw={id === shownId ? 600 : undefined}
          className={classes.words}
          inherit
        >
          {subject}
        </TextLink>
      ),
    },
    {
      id: 'sent_at',
      wide: true,
      header: `Sent at (${tz})`,
      value: ({ sent_at, created_at }) => sent_at ?? created_at,
      cell: ({ sent_at }) => formatInstant(sent_at, tz),
    },
    {
      id: 'sender_email',
      header: 'From',
      wide: true,
      value: ({ sender_email }) => sender_email,
      cell: ({ sender_email }) => <span className={classes.address}>{sender_email}</span>,
    },
    figure('sent'),
    figure('delivered', true),
    figure('opened'),
    figure('clicked'),
    figure('machine_opened', true),
    figure('machine_clicked', true),
    figure('bounced', true),
    figure('unsubscribed', true),
  ];
}
