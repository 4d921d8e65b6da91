import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { emailFunnelReport, emailSummaryReport, mailingsQuery } from '../../../api/email.ts';
import type { Campaign } from '../../../api/types/campaign.ts';
import { FailedState } from '../../../elements/FailedState.tsx';
import { LoadingRows } from '../../../elements/LoadingRows.tsx';
import { EmailQuestionBar } from '../../../email/EmailQuestionBar.tsx';
import { EmailTiles } from '../../../email/EmailTiles.tsx';
import { FirstMailing } from '../../../email/FirstMailing.tsx';
import { Funnel } from '../../../email/Funnel.tsx';
import { SubjectLines } from '../../../email/SubjectLines.tsx';
import { useEmailQuestion } from '../../../email/use-email-question.ts';
import { ReportNotes } from '../../../question/ReportNotes.tsx';
import { useUrlState } from '../../../url-state.ts';
import { Mailings } from './Mailings.tsx';
import { Recipients } from './Recipients.tsx';

/** What the campaign mailed, to whom, and what came of it. */
export function EmailsTab({ campaign }: { campaign: Campaign }) {
  const question = useEmailQuestion();
  const [{ mailing }] = useUrlState();
  const narrowing = { campaign_id: campaign.id };
  const mailings = useQuery(mailingsQuery(campaign.id));
  const summary = useQuery(emailSummaryReport(question, narrowing));
  const funnel = useQuery(emailFunnelReport(question, narrowing));
  const { data, error } = mailings;
  if (error !== null) return <FailedState error={error} onRetry={() => void mailings.refetch()} />;
  if (data === undefined) return <LoadingRows label="Mailings" rows={12} />;
  const [first] = data.rows;
  const shown = data.rows.find(({ id }) => id === mailing) ?? first;
  if (shown === undefined) {
    return <FirstMailing title="This campaign has not mailed yet" campaignId={campaign.id} />;
  }
  return (
    <>
      <EmailQuestionBar question={question} />
      <Stack gap="md">
        {summary.data !== undefined && <EmailTiles figures={summary.data.meta.totals} />}
        {summary.error !== null && (
          <FailedState error={summary.error} onRetry={() => void summary.refetch()} />
        )}
        <Funnel funnel={funnel} />
        {data.rows.length > 1 && <SubjectLines question={question} narrowing={narrowing} />}
        <Mailings mailings={data.rows} shownId={shown.id} tz={question.tz} />
        <Recipients mailing={shown} tz={question.tz} />
      </Stack>
      <ReportNotes meta={summary.data?.meta} />
    </>
  );
}
