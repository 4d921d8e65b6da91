import { Alert, Group, Progress, SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { backfillQuery, isUnderWay } from '../../api/operations.ts';
import type { Backfill } from '../../api/types/operations.ts';
import { FailedPage } from '../../elements/FailedPage.tsx';
import { LoadingRows } from '../../elements/LoadingRows.tsx';
import { TextLink } from '../../elements/links.tsx';
import { PageHeader } from '../../elements/PageHeader.tsx';
import { StatusBadge } from '../../elements/StatusBadge.tsx';
import { formatCount } from '../../format/number.ts';
import { formatInstant } from '../../format/time.ts';
import { paths } from '../../paths.ts';
import { useQuestion } from '../../question/use-question.ts';
import { useMay } from '../../session/use-session.ts';
import { BackfillActions } from './BackfillActions.tsx';
import { MovedCredit } from './MovedCredit.tsx';
import { rangeText } from './range-text.ts';

/** How far a backfill is and what it moves; a try leads on to doing it. */
export function Page() {
  const { backfillId } = useParams({ from: `/inside${paths.backfill}` });
  const { tz } = useQuestion();
  const mayRun = useMay('operations:write');
  const backfill = useQuery(backfillQuery(backfillId));
  const { data } = backfill;
  if (backfill.error !== null) {
    return <FailedPage title="Backfill" error={backfill.error} onRetry={() => void backfill.refetch()} />;
  }
  if (data === undefined) return <LoadingRows label="Backfill" />;
  return (
    <>
      <PageHeader
        title={data.dry_run ? 'What a backfill would move' : 'Backfill'}
        above={
          <TextLink to={paths.backfills} size="sm">
            Backfills
          </TextLink>
        }
        actions={mayRun && <BackfillActions backfill={data} />}
      >
        <Group gap="4px 12px">
          <StatusBadge status={data.status} />
          <span>{rangeText(data, tz)}</span>
          <span>
            asked {formatInstant(data.created_at, tz)} by {data.created_by}
          </span>
        </Group>
      </PageHeader>
      <Stack gap="md">
        {data.error !== null && (
          <Alert color="red" variant="light" title="It failed" role="alert">
            {data.error}
          </Alert>
        )}
        <Done backfill={data} />
        <MovedCredit backfill={data} />
      </Stack>
    </>
  );
}

function Done({ backfill }: { backfill: Backfill }) {
  const { orders_total, orders_done, orders_affected, entries_posted, dry_run } = backfill;
  const percent = orders_total ? (orders_done / orders_total) * 100 : isUnderWay(backfill) ? 0 : 100;
  const counts: [string, number][] = [
    ['Orders looked at', orders_done],
    [dry_run ? 'Orders that would change' : 'Orders changed', orders_affected],
    ...(dry_run ? [] : [['Entries posted', entries_posted] satisfies [string, number]]),
  ];
  return (
    <div>
      <Progress
        value={percent}
        size="md"
        animated={isUnderWay(backfill)}
        aria-label={`${formatCount(orders_done)} of ${formatCount(orders_total)} orders`}
      />
      <SimpleGrid cols={{ base: 2, sm: 4 }} mt="sm" role="status">
        {counts.map(([label, count]) => (
          <div key={label}>
            <Text size="xs" c="dimmed">
              {label}
            </Text>
            <Text fz="lg" fw={600} className="figure">
              {formatCount(count)}
              {label === 'Orders looked at' && orders_total !== null && ` of ${formatCount(orders_total)}`}
            </Text>
          </div>
        ))}
      </SimpleGrid>
    </div>
  );
}
