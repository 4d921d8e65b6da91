import { Group, Select, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { regionsReport, retailersReport } from '../../api/email.ts';
import { PageHeader } from '../../elements/PageHeader.tsx';
import { EmailQuestionBar } from '../../email/EmailQuestionBar.tsx';
import { emailFigures } from '../../email/email-figures.ts';
import { useEmailQuestion } from '../../email/use-email-question.ts';
import { ReportNotes } from '../../question/ReportNotes.tsx';
import { oneOf, useUrlState } from '../../url-state.ts';
import { Regions } from './Regions.tsx';
import { RetailerTable } from './RetailerTable.tsx';
import { rankable } from './rankable.ts';

/** Which retailers open, click and buy, and where they are. */
export function Page() {
  const question = useEmailQuestion();
  const [state, change] = useUrlState();
  const { region } = state;
  const figure = oneOf(state.figure, rankable);
  const retailers = useQuery(retailersReport(question, { mailed: true, sort: figure, region }));
  const regions = useQuery(regionsReport(question, { mailed: true }));
  const names = (regions.data?.data ?? []).flatMap(({ name }) => name ?? []).sort();
  return (
    <>
      <PageHeader title="Retailers">Which retailers open, click and buy, and where they are.</PageHeader>
      <EmailQuestionBar question={question} />
      <Group gap="xs" mb="sm" className="no-print">
        <Select
          aria-label="Rank by"
          size="xs"
          w={190}
          allowDeselect={false}
          searchable
          data={rankable.map((value) => ({ value, label: `By ${emailFigures[value].label.toLowerCase()}` }))}
          value={figure}
          onChange={(value) =>
            change({ figure: value === rankable[0] ? undefined : (value ?? undefined), sort: undefined })
          }
        />
        <Select
          aria-label="Region"
          placeholder="All regions"
          size="xs"
          w={150}
          clearable
          data={region === undefined || names.includes(region) ? names : [...names, region]}
          value={region ?? null}
          onChange={(value) => change({ region: value ?? undefined, page: undefined })}
        />
      </Group>
      <Stack gap="md">
        <RetailerTable
          retailers={retailers}
          figure={figure}
          question={question}
          isNarrowed={region !== undefined}
        />
        <Regions regions={regions} figure={figure} question={question} />
      </Stack>
      <ReportNotes meta={retailers.data?.meta} />
    </>
  );
}
