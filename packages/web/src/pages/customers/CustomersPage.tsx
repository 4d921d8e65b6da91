import { Select, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { customersReport } from '../../api/reports.ts';
import { platforms } from '../../api/types/campaign.ts';
import { PageHeader } from '../../elements/PageHeader.tsx';
import { Panel } from '../../elements/Panel.tsx';
import { platformName } from '../../elements/platform.ts';
import { QuestionBar } from '../../question/QuestionBar.tsx';
import { ReportNotes } from '../../question/ReportNotes.tsx';
import { useQuestion } from '../../question/use-question.ts';
import { useUrlState } from '../../url-state.ts';
import { CustomersTable } from './CustomersTable.tsx';

/** Whom campaigns acquired in the range, what each customer cost, and what they brought to date. */
export function Page() {
  const question = useQuestion();
  const [{ platform }, change] = useUrlState();
  const byCampaign = useQuery(customersReport(question, { by: 'campaign', platform }));
  const byMonth = useQuery(customersReport(question, { by: 'month', platform }));
  return (
    <>
      <PageHeader title="New customers">
        Who came by which campaign, by their first credited order, and what they bought since.
      </PageHeader>
      <QuestionBar />
      <Select
        aria-label="Platform"
        placeholder="All platforms"
        size="xs"
        w={150}
        mb="sm"
        className="no-print"
        clearable
        data={platforms.map((value) => ({ value, label: platformName(value) }))}
        value={platform ?? null}
        onChange={(value) => change({ platform: value ?? undefined, page: undefined })}
      />
      <Stack gap="md">
        <CustomersTable
          label="New customers by campaign"
          answer={byCampaign.data}
          error={byCampaign.error}
          onRetry={() => byCampaign.refetch()}
          question={question}
          by="campaign"
        />
        <Panel title="By the month they came in">
          <CustomersTable
            label="New customers by month"
            answer={byMonth.data}
            error={byMonth.error}
            onRetry={() => byMonth.refetch()}
            question={question}
            by="month"
          />
        </Panel>
      </Stack>
      <ReportNotes meta={byCampaign.data?.meta} />
    </>
  );
}
