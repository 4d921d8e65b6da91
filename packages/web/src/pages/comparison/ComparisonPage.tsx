import { Group, MultiSelect, Select } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { leaderboardReport } from '../../api/reports.ts';
import { EmptyState } from '../../elements/EmptyState.tsx';
import { PageHeader } from '../../elements/PageHeader.tsx';
import { type FigureName, figures } from '../../format/figures.ts';
import { modelWords } from '../../question/models.ts';
import { RangePicker } from '../../question/RangePicker.tsx';
import { ReportNotes } from '../../question/ReportNotes.tsx';
import { useQuestion } from '../../question/use-question.ts';
import { ViewOptions } from '../../question/ViewOptions.tsx';
import { useInstallation } from '../../session/use-installation.ts';
import { oneOf, useUrlState } from '../../url-state.ts';
import { besideEachOther } from './beside-each-other.ts';
import { ComparisonTable } from './ComparisonTable.tsx';
import { ModelLines } from './ModelLines.tsx';

const choices = ['revenue', 'profit', 'orders', 'units', 'roi'] as const satisfies FigureName[];

/** The same campaigns under two models or more, side by side. */
export function Page() {
  const question = useQuestion();
  const installation = useInstallation();
  const [state, change] = useUrlState();
  const published = installation.models
    .filter(({ status }) => status === 'published')
    .map(({ model }) => model)
    .sort((a, b) => Number(b === question.model) - Number(a === question.model));
  const asked = state.models?.split(',').filter((model) => published.includes(model)) ?? [];
  const models = asked.length > 0 ? asked : published.slice(0, 3);
  const figure = oneOf(state.figure, choices);
  const reports = useQueries({
    queries: models.map((model) => leaderboardReport({ ...question, model, compare: false })),
  });
  const answers = reports.map(({ data }) => data);
  const rows = useMemo(
    () => (answers.every((answer) => answer !== undefined) ? besideEachOther(answers, figure) : undefined),
    [answers, figure],
  );
  const failed = reports.find(({ error }) => error !== null);
  return (
    <>
      <PageHeader title="Model comparison">
        What each model makes of the same sales. The differences are against{' '}
        {modelWords(models[0] ?? '').label}.
      </PageHeader>
      <Group gap="xs" mb="xs" className="no-print">
        <RangePicker question={question} />
        <ViewOptions question={question} />
        <Select
          size="xs"
          w={130}
          aria-label="Figure"
          allowDeselect={false}
          data={choices.map((value) => ({ value, label: figures[value].label }))}
          value={figure}
          onChange={(value) => change({ figure: value === 'revenue' ? undefined : (value ?? undefined) })}
        />
        <MultiSelect
          size="xs"
          miw={220}
          aria-label="Models; the first is what the others are compared with"
          data={published.map((model) => ({ value: model, label: modelWords(model).label }))}
          value={models}
          onChange={(chosen) => change({ models: chosen.join(',') || undefined })}
        />
      </Group>
      <ModelLines models={models} />
      <ComparisonTable
        rows={rows}
        models={models}
        figure={figure}
        question={question}
        error={failed?.error ?? null}
        onRetry={() => {
          for (const report of reports) void report.refetch();
        }}
        empty={
          <EmptyState title="No campaign earned or cost anything in this range">
            Choose a longer range.
          </EmptyState>
        }
      />
      <ReportNotes meta={answers[0]?.meta} />
    </>
  );
}
