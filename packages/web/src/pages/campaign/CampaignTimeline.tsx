import { Select } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { Answer } from '../../api/ask.ts';
import type { TimelineMeta, TimelineRow } from '../../api/types/report.ts';
import { ChartPanel } from '../../charts/ChartPanel.tsx';
import { changeSentence } from '../../charts/change-sentence.ts';
import { TimelineChart } from '../../charts/TimelineChart.tsx';
import { TimelineTable } from '../../charts/TimelineTable.tsx';
import { FailedState } from '../../elements/FailedState.tsx';
import { LoadingRows } from '../../elements/LoadingRows.tsx';
import { type FigureName, figures } from '../../format/figures.ts';
import type { Interval } from '../../format/time.ts';
import { IntervalSelect } from '../../question/IntervalSelect.tsx';
import type { Question } from '../../question/use-question.ts';
import { oneOf, useUrlState } from '../../url-state.ts';

type CampaignTimelineProps = {
  timeline: UseQueryResult<Answer<TimelineRow[], TimelineMeta>>;
  interval: Interval;
  question: Question;
};

const choices = ['revenue', 'profit', 'orders', 'units'] as const satisfies FigureName[];

/** One figure of the campaign over time; money beside what was spent. */
export function CampaignTimeline({ timeline, interval, question }: CampaignTimelineProps) {
  const [state, change] = useUrlState();
  const figure = oneOf(state.figure, choices);
  const { data, error } = timeline;
  if (error !== null) return <FailedState error={error} onRetry={() => void timeline.refetch()} />;
  if (data === undefined) return <LoadingRows label="Over time" rows={8} />;
  const isMoney = figures[figure].unit === 'money';
  return (
    <ChartPanel
      title="Over time"
      note={changeSentence(figures[figure].label, data.meta.totals.change?.[figure])}
      name="timeline"
      controls={
        <>
          <Select
            size="xs"
            w={110}
            aria-label="Figure"
            allowDeselect={false}
            data={choices.map((value) => ({ value, label: figures[value].label }))}
            value={figure}
            onChange={(value) => change({ figure: value === 'revenue' ? undefined : (value ?? undefined) })}
          />
          <IntervalSelect />
        </>
      }
      chart={
        <TimelineChart
          rows={data.data}
          figures={isMoney ? [figure, 'spend'] : [figure]}
          interval={interval}
          question={question}
          asOf={data.meta.as_of}
        />
      }
      table={<TimelineTable rows={data.data} interval={interval} question={question} />}
    />
  );
}
