import { List, Text } from '@mantine/core';
import type { Campaign } from '../../api/types/campaign.ts';
import { PeriodBars } from '../../charts/PeriodBars.tsx';
import { Panel } from '../../elements/Panel.tsx';
import { periodText } from '../../format/period-text.ts';

/** When it ran: product models look at nothing else of it. */
export function RunningPeriods({ campaign, tz }: { campaign: Campaign; tz: string }) {
  const { running_periods } = campaign;
  const sentences = running_periods.map((period) => periodText(period, tz));
  return (
    <Panel title="When it ran" note={`Sales in these periods credit it, in ${tz}`}>
      {running_periods.length === 0 ? (
        <Text size="sm" c="dimmed">
          It has never run. Start it, and from its start on sales of its products credit it.
        </Text>
      ) : (
        <>
          <PeriodBars
            timeZone={tz}
            mark={{ at: new Date().toISOString(), label: 'now' }}
            rows={[
              {
                id: 'running',
                label: 'Running',
                text: `Ran ${sentences.join('; ')}`,
                periods: running_periods,
                color: 'var(--accent)',
              },
            ]}
          />
          <List size="sm" mt="sm" c="dimmed">
            {sentences.map((sentence) => (
              <List.Item key={sentence}>{sentence}</List.Item>
            ))}
          </List>
        </>
      )}
    </Panel>
  );
}
