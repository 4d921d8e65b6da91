import { Group, Paper, SimpleGrid, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { CampaignName } from '../../campaigns/CampaignName.tsx';
import { FailedState } from '../../elements/FailedState.tsx';
import { LoadingRows } from '../../elements/LoadingRows.tsx';
import { platformName } from '../../elements/platform.ts';
import { StatusBadge } from '../../elements/StatusBadge.tsx';
import { type FigureName, figures, formatFigureShort } from '../../format/figures.ts';
import { formatDate } from '../../format/time.ts';
import type { Question } from '../../question/use-question.ts';
import { Pager } from '../../table/Pager.tsx';
import { useTableState } from '../../table/use-table-state.ts';
import type { CampaignWithFigures } from './with-figures.ts';

type CampaignCardsProps = {
  rows: CampaignWithFigures[] | undefined;
  empty: ReactNode;
  error: Error | null;
  onRetry: () => void;
  question: Question;
};

const pageSize = 24;
const shownFigures = ['revenue', 'spend', 'roi'] as const satisfies FigureName[];

/** Campaigns as cards, what earned most first. */
export function CampaignCards({ rows, empty, error, onRetry, question }: CampaignCardsProps) {
  const [{ page }, change] = useTableState('', undefined);
  if (error !== null) return <FailedState error={error} onRetry={onRetry} />;
  if (rows === undefined) return <LoadingRows label="Campaigns" />;
  if (rows.length === 0) return empty;
  const ordered = [...rows].sort((a, b) => (b.figures.revenue ?? -1) - (a.figures.revenue ?? -1));
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3, lg: 4 }} spacing="sm" mb="sm">
        {ordered.slice(page * pageSize, (page + 1) * pageSize).map((campaign) => (
          <CampaignCard key={campaign.id} campaign={campaign} question={question} />
        ))}
      </SimpleGrid>
      <Pager page={page} pageSize={pageSize} count={rows.length} onPage={(next) => change({ page: next })} />
    </>
  );
}

function CampaignCard({ campaign, question }: { campaign: CampaignWithFigures; question: Question }) {
  const { id, name, platform, status, starts_at, ends_at } = campaign;
  const ends = ends_at === null ? '' : ` – ${formatDate(ends_at, question.tz)}`;
  return (
    <Paper component="article" withBorder p="sm" bg="var(--raised)" aria-label={name}>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text component="div" fw={600} size="sm" truncate>
          <CampaignName id={id} name={name} />
        </Text>
        <StatusBadge status={status} />
      </Group>
      <Text size="xs" c="dimmed" mb="xs">
        {platformName(platform)} · {formatDate(starts_at, question.tz)}
        {ends}
      </Text>
      <Group component="dl" m={0} gap="lg">
        {shownFigures.map((figure) => (
          <div key={figure}>
            <Text component="dt" size="xs" c="dimmed">
              {figures[figure].label}
            </Text>
            <Text component="dd" m={0} size="sm" fw={600} className="figure">
              {formatFigureShort(figure, campaign.figures[figure], question.currency)}
            </Text>
          </div>
        ))}
      </Group>
    </Paper>
  );
}
