import { useMemo } from 'react';
import type { MailedCampaign } from '../../api/types/email.ts';
import { StatusBadge } from '../../elements/StatusBadge.tsx';
import { type EmailFigureName, emailColumn } from '../../email/email-figures.ts';
import type { EmailQuestion } from '../../email/use-email-question.ts';
import type { Column } from '../../table/column.ts';
import { DataTable } from '../../table/DataTable.tsx';
import { MailedCampaignName } from './MailedCampaignName.tsx';

type MailedCampaignTableProps = { rows: MailedCampaign[]; question: EmailQuestion };

/** Every campaign with every figure of its mailings. */
export function MailedCampaignTable({ rows, question }: MailedCampaignTableProps) {
  const { currency } = question;
  const seesSpend = rows.some(({ spend }) => spend !== null);
  const columns = useMemo(() => columnsFor(currency, seesSpend), [currency, seesSpend]);
  return (
    <DataTable
      label="Campaigns"
      columns={columns}
      rows={rows}
      rowId={({ campaign_id }) => campaign_id}
      sort={{ id: 'revenue', desc: true }}
      csv="email-campaigns"
      empty=""
    />
  );
}

function columnsFor(currency: string, seesSpend: boolean): Column<MailedCampaign>[] {
  const figure = (name: EmailFigureName, wide = false) =>
    emailColumn<MailedCampaign>(name, currency, { wide });
  return [
    {
      id: 'name',
      header: 'Campaign',
      value: ({ name }) => name,
      cell: ({ campaign_id, name }) => <MailedCampaignName campaign_id={campaign_id} name={name} />,
    },
    {
      id: 'status',
      header: 'Status',
      wide: true,
      value: ({ status }) => status,
      cell: ({ status }) => <StatusBadge status={status} />,
    },
    figure('sent'),
    figure('delivered', true),
    figure('delivery_rate', true),
    figure('opened', true),
    figure('open_rate'),
    figure('clicked', true),
    figure('click_rate'),
    figure('revenue'),
    ...(seesSpend
      ? [
          figure('roi'),
          figure('roas', true),
          { id: 'tier', header: 'Tier', wide: true, value: ({ tier }: MailedCampaign) => tier },
          figure('spend', true),
        ]
      : []),
    figure('sales', true),
    figure('machine_opened', true),
    figure('machine_clicked', true),
  ];
}
