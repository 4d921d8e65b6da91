import { Group, SimpleGrid, Text } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { Answer } from '../api/ask.ts';
import type { EmailMeta, FunnelStep } from '../api/types/email.ts';
import { EmptyState } from '../elements/EmptyState.tsx';
import { FailedState } from '../elements/FailedState.tsx';
import { LoadingRows } from '../elements/LoadingRows.tsx';
import { Panel } from '../elements/Panel.tsx';
import { formatCount, formatPercent } from '../format/number.ts';
import type { Column } from '../table/column.ts';
import { DataTable } from '../table/DataTable.tsx';
import classes from './Funnel.module.css';
import { funnelSentence } from './funnel-sentence.ts';

type FunnelProps = { funnel: UseQueryResult<Answer<FunnelStep[], EmailMeta>> };

const words: Record<FunnelStep['step'], string> = {
  sent: 'Sent',
  delivered: 'Delivered',
  opened: 'Opened',
  clicked: 'Clicked',
  converted: 'Sold',
};

/** How many mails came how far, drawn and as a table. */
export function Funnel({ funnel }: FunnelProps) {
  const { data, error } = funnel;
  const steps = data?.data;
  return (
    <Panel title="Funnel" note={steps && funnelSentence(steps)}>
      {error !== null && <FailedState error={error} onRetry={() => void funnel.refetch()} />}
      {steps === undefined && error === null && <LoadingRows label="Funnel" rows={8} />}
      {steps?.every(({ count }) => count === 0) && (
        <EmptyState title="Nothing was mailed or sold in this range">Choose a longer range.</EmptyState>
      )}
      {steps?.some(({ count }) => count > 0) && (
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
          <Steps steps={steps} />
          <DataTable
            label="Funnel"
            name="funnel-"
            columns={columns}
            rows={steps}
            rowId={({ step }) => step}
            empty=""
            csv="email-funnel"
          />
        </SimpleGrid>
      )}
    </Panel>
  );
}

function Steps({ steps }: { steps: FunnelStep[] }) {
  const widest = Math.max(...steps.map(({ count, machines }) => count + (machines ?? 0)));
  const share = (count: number) => `${(count / widest) * 100}%`;
  return (
    <ol className={classes.steps} aria-label="Steps of the funnel">
      {steps.map(({ step, count, of_previous, machines }, place) => (
        <li key={step}>
          {place > 0 && (
            <div className={`${classes.between} figure`}>
              <span aria-hidden>↓ </span>
              {formatPercent(of_previous)} of {words[steps[place - 1]!.step].toLowerCase()}
            </div>
          )}
          <Group justify="space-between" wrap="nowrap" gap="sm" mb={2}>
            <Text size="sm">{words[step]}</Text>
            <Text size="sm" className="figure">
              {machines !== null && machines > 0 && (
                <Text span size="xs" c="dimmed">
                  and {formatCount(machines)} by machines only ·{' '}
                </Text>
              )}
              {formatCount(count)}
            </Text>
          </Group>
          <div className={classes.ground} aria-hidden>
            {count > 0 && <div className={classes.people} style={{ width: share(count) }} />}
            <div className={classes.machines} style={{ width: share(machines ?? 0) }} />
          </div>
        </li>
      ))}
    </ol>
  );
}

const columns: Column<FunnelStep>[] = [
  { id: 'step', header: 'Step', sorts: false, value: ({ step }) => words[step] },
  {
    id: 'count',
    header: 'By people',
    numeric: true,
    sorts: false,
    value: ({ count }) => count,
    cell: ({ count }) => formatCount(count),
  },
  {
    id: 'of_previous',
    header: 'Of the one before',
    numeric: true,
    wide: true,
    sorts: false,
    value: ({ of_previous }) => of_previous,
    cell: ({ of_previous }) => formatPercent(of_previous),
  },
  {
    id: 'of_first',
    header: 'Of sent',
    numeric: true,
    wide: true,
    sorts: false,
    value: ({ of_first }) => of_first,
    cell: ({ of_first }) => formatPercent(of_first),
  },
  {
    id: 'machines',
    header: 'Machines only',
    numeric: true,
    sorts: false,
    value: ({ machines }) => machines,
    cell: ({ machines }) => formatCount(machines),
  },
];
