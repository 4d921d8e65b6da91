import type { UseQueryResult } from '@tanstack/react-query';
import type { Answer } from '../../api/ask.ts';
import type { PlatformRow, TimelineMeta, TimelineRow } from '../../api/types/report.ts';
import { ChartPanel } from '../../charts/ChartPanel.tsx';
import { changeSentence } from '../../charts/change-sentence.ts';
import { TimelineChart } from '../../charts/TimelineChart.tsx';
import { TimelineTable } from '../../charts/TimelineTable.tsx';
import { FailedState } from '../../elements/FailedState.tsx';
import { LoadingRows } from '../../elements/LoadingRows.tsx';
import type { Interval } from '../../format/time.ts';
import { IntervalSelect } from '../../question/IntervalSelect.tsx';
import type { Question } from '../../question/use-question.ts';
import { mainReason } from './main-reason.ts';

type RevenueOverTimeProps = {
  platforms: PlatformRow[];
  timeline: UseQueryResult<Answer<TimelineRow[], TimelineMeta>>;
  interval: Interval;
  question: Question;
};

/** Revenue and spend over time, beside what revenue was before. */
export function RevenueOverTime({ platforms, timeline, interval, question }: RevenueOverTimeProps) {
  const { data, error } = timeline;
  if (error !== null) return <FailedState error={error} onRetry={() => timeline.refetch()} />;
  if (data === undefined) return <LoadingRows label="Revenue over time" rows={8} />;
  const { totals } = data.meta;
  return (
    <ChartPanel
      title="Revenue and spend over time"
      note={changeSentence('Revenue', totals.change?.revenue, mainReason(platforms, question))}
      name="timeline"
      controls={<IntervalSelect />}
      chart={
        <TimelineChart
          rows={data.data}
          figures={['revenue', 'spend']}
          interval={interval}
          question={question}
          asOf={data.meta.as_of}
        />
      }
      table={<TimelineTable rows={data.data} interval={interval} question={question} />}
    />
  );
}
