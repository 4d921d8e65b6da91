import { Group, Paper, SimpleGrid, Text } from '@mantine/core';
import type { MailedCampaign } from '../../api/types/email.ts';
import { EmptyState } from '../../elements/EmptyState.tsx';
import { FailedState } from '../../elements/FailedState.tsx';
import { LoadingRows } from '../../elements/LoadingRows.tsx';
import { platformName } from '../../elements/platform.ts';
import { StatusBadge } from '../../elements/StatusBadge.tsx';
import { emailFigures, formatEmailFigureShort } from '../../email/email-figures.ts';
import type { EmailQuestion } from '../../email/use-email-question.ts';
import { formatPercent } from '../../format/number.ts';
import { formatDate } from '../../format/time.ts';
import { Pager } from '../../table/Pager.tsx';
import { useTableState } from '../../table/use-table-state.ts';
import { MailedCampaignName } from './MailedCampaignName.tsx';
import { MailedCampaignTable } from './MailedCampaignTable.tsx';

type MailedCampaignsProps = {
  view: 'cards' | 'table';
  rows: MailedCampaign[] | undefined;
  error: Error | null;
  onRetry: () => void;
  question: EmailQuestion;
};

const pageSize = 24;

/** Campaigns with what they mailed and what it brought: as cards, what brought most first, or as a table. */
export function MailedCampaigns({ view, rows, error, onRetry, question }: MailedCampaignsProps) {
  const [{ page }, change] = useTableState('', undefined);
  if (error !== null) return <FailedState error={error} onRetry={onRetry} />;
  if (rows === undefined) return <LoadingRows label="Campaigns" />;
  if (rows.length === 0) {
    return <EmptyState title="No campaign that mails has this status">Choose another one.</EmptyState>;
  }
  if (view === 'table') return <MailedCampaignTable rows={rows} question={question} />;
  return (
    <div>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="sm" mb="sm">
        {rows.slice(page * pageSize, (page + 1) * pageSize).map((campaign) => (
          <CampaignCard key={campaign.campaign_id} campaign={campaign} tz={question.tz} />
        ))}
      </SimpleGrid>
      <Pager page={page} pageSize={pageSize} count={rows.length} onPage={(next) => change({ page: next })} />
    </div>
  );
}

const mailFigures = [
  ['sent', undefined],
  ['delivered', 'delivery_rate'],
  ['opened', 'open_rate'],
  ['clicked', 'click_rate'],
] as const;

function CampaignCard({ campaign, tz }: { campaign: MailedCampaign; tz: string }) {
  const { campaign_id, name, platform, status, starts_at, ends_at, email_campaigns, currency } = campaign;
  const ends = ends_at === null ? '' : ` – ${formatDate(ends_at, tz)}`;
  const mailings = `${email_campaigns} ${email_campaigns === 1 ? 'mailing' : 'mailings'}`;
  return (
    <Paper component="article" withBorder p="sm" bg="var(--raised)" aria-label={name}>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text component="div" fw={600} size="sm" truncate>
          <MailedCampaignName campaign_id={campaign_id} name={name} />
        </Text>
        <StatusBadge status={status} />
      </Group>
      <Text size="xs" c="dimmed" mb="xs">
        {platformName(platform)} · {mailings} · {formatDate(starts_at, tz)}
        {ends}
      </Text>
      <SimpleGrid component="dl" m={0} cols={4} spacing="xs" verticalSpacing="xs">
        {mailFigures.map(([figure, rate]) => (
          <CardFigure
            key={figure}
            label={emailFigures[figure].label}
            value={formatEmailFigureShort(figure, campaign[figure], currency)}
            note={rate && formatPercent(campaign[rate])}
          />
        ))}
      </SimpleGrid>
      <SimpleGrid component="dl" m={0} mt="xs" cols={4} spacing="xs">
        <CardFigure label="Revenue" value={formatEmailFigureShort('revenue', campaign.revenue, currency)} />
        {campaign.spend !== null && (
          <>
            <CardFigure label="ROI" value={formatPercent(campaign.roi)} />
            <CardFigure label="Tier" value={campaign.tier ?? '–'} />
          </>
        )}
      </SimpleGrid>
    </Paper>
  );
}

function CardFigure({ label, value, note }: { label: string; value: string; note?: string }) {
  return (
    <div>
      <Text component="dt" size="xs" c="dimmed">
        {label}
      </Text>
      <Text component="dd" m={0} size="sm" fw={600} className="figure">
        {value}
        {note !== undefined && (
          <Text span size="xs" c="dimmed" fw={400} display="block">
            {note}
          </Text>
        )}
      </Text>
    </div>
  );
}
