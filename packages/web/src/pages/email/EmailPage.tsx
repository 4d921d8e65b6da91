import { Group, SegmentedControl, Select, SimpleGrid, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { emailFunnelReport, emailSummaryReport } from '../../api/email.ts';
import { campaignStatuses } from '../../api/types/campaign.ts';
import type { Session } from '../../api/types/people.ts';
import { PageHeader } from '../../elements/PageHeader.tsx';

import { EmailQuestionBar } from '../../email/EmailQuestionBar.tsx';
import { EmailTiles } from '../../email/EmailTiles.tsx';
import { FirstMailing } from '../../email/FirstMailing.tsx';
import { Funnel } from '../../email/Funnel.tsx';
import { SubjectLines } from '../../email/SubjectLines.tsx';
import { useEmailQuestion } from '../../email/use-email-question.ts';
import { ReportNotes } from '../../question/ReportNotes.tsx';
import { useSession } from '../../session/use-session.ts';
import { oneOf, useUrlState } from '../../url-state.ts';
import { Categories } from './Categories.tsx';
import { EmailOrders } from './EmailOrders.tsx';
import { MailedCampaigns } from './MailedCampaigns.tsx';
import { MailsOverTime } from './MailsOverTime.tsx';

const views = ['cards', 'table'] as const;

/** What was mailed, who opened and clicked, and what it brought. */
export function Page() {
  const question = useEmailQuestion();
  const [state, change] = useUrlState();
  const { status } = state;
  const view = oneOf(state.view, views);
  const narrowing = { status, mailed: true };
  const summary = useQuery(emailSummaryReport(question, narrowing));
  const funnel = useQuery(emailFunnelReport(question, narrowing));
  const rows = summary.data?.data;
  const isNew = rows?.length === 0 && status === undefined;
  return (
    <>
      <PageHeader title="Email">{purposeFor(useSession().scope)}</PageHeader>
      <EmailQuestionBar question={question} />
      {isNew ? (
        <FirstMailing title="Nothing has been mailed yet" />
      ) : (
        <Stack gap="md">
          <Group gap="xs" className="no-print">
            <Select
              aria-label="Status of the campaign"
              placeholder="Any status"
              size="xs"
              w={130}
              clearable
              data={[...campaignStatuses]}
              value={status ?? null}
              onChange={(value) => change({ status: value ?? undefined, page: undefined })}
            />
            <SegmentedControl
              size="xs"
              aria-label="How campaigns are shown"
              value={view}
              onChange={(value) => change({ view: value === 'table' ? value : undefined, page: undefined })}
              data={[
                { value: 'cards', label: 'Cards' },
                { value: 'table', label: 'Table' },
              ]}
            />
          </Group>
          {summary.data !== undefined && <EmailTiles figures={summary.data.meta.totals} />}
          <MailedCampaigns
            view={view}
            rows={rows}
            error={summary.error}
            onRetry={() => void summary.refetch()}
            question={question}
          />
          <Funnel funnel={funnel} />
          <SubjectLines question={question} narrowing={narrowing} />
          <MailsOverTime question={question} narrowing={narrowing} />
          <SimpleGrid cols={{ base: 1, lg: 2 }}>
            <Categories question={question} narrowing={narrowing} />
            <EmailOrders question={question} />
          </SimpleGrid>
        </Stack>
      )}
      <ReportNotes meta={summary.data?.meta} />
    </>
  );
}

/** A retailer is told that these are its own numbers: its mails, rates, orders, and nobody else's. */
function purposeFor({ kind, names }: Session['scope']): string {
  return kind === 'retailer'
    ? `What was mailed to ${names.join(', ')}, who opened and clicked there, and what was ordered: your own numbers.`
    : 'What was mailed, who opened and clicked, and what it brought.';
}
