import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type MailNarrowing, subjectsReport } from '../api/email.ts';
import type { SubjectRow } from '../api/types/email.ts';
import { EmptyState } from '../elements/EmptyState.tsx';
import { FailedState } from '../elements/FailedState.tsx';
import { LoadingRows } from '../elements/LoadingRows.tsx';
import { TextLink } from '../elements/links.tsx';
import { Panel } from '../elements/Panel.tsx';
import { paths } from '../paths.ts';
import { useMay } from '../session/use-session.ts';
import type { Column } from '../table/column.ts';
import { DataTable } from '../table/DataTable.tsx';
import { oneOf, useUrlState } from '../url-state.ts';
import { emailColumn } from './email-figures.ts';
import { subjectVerdict, subjectVerdictOf } from './subject-verdict.ts';
import type { EmailQuestion } from './use-email-question.ts';
import classes from './words.module.css';

type SubjectLinesProps = { question: EmailQuestion; narrowing: MailNarrowing };

const rates = ['open_rate', 'click_rate'] as const;

/** Which subject line was opened or clicked most, and whether that says anything. */
export function SubjectLines({ question, narrowing }: SubjectLinesProps) {
  const [state, change] = useUrlState();
  const by = oneOf(state.subjects, rates);
  const subjects = useQuery(subjectsReport(question, { ...narrowing, by }));
  const maySee = useMay('campaigns:read');
  const { data, error } = subjects;
  return (
    <Panel
      title="Subject lines"
      note={data && subjectVerdict(data.data, by)}
      actions={
        <NativeSelect
          size="xs"
          className="no-print"
          aria-label="Compared by"
          data={[
            { value: 'open_rate', label: 'By open rate' },
            { value: 'click_rate', label: 'By click rate' },
          ]}
          value={by}
          onChange={({ currentTarget: { value } }) =>
            change({ subjects: value === 'open_rate' ? undefined : value })
          }
        />
      }
    >
      {error !== null && <FailedState error={error} onRetry={() => void subjects.refetch()} />}
      {data === undefined && error === null && <LoadingRows label="Subject lines" />}
      {data !== undefined && (
        <DataTable
          label="Subject lines"
          name="subject-"
          columns={columnsFor(by, question.currency, maySee)}
          rows={data.data}
          rowId={({ email_campaign_id }) => email_campaign_id}
          sort={{ id: by, desc: true }}
          csv="email-subjects"
          pageSize={10}
          empty={
            <EmptyState title="Nothing was mailed in this range">
              Two mailings or more are compared by what was opened or clicked.
            </EmptyState>
          }
        />
      )}
    </Panel>
  );
}

function columnsFor(by: (typeof rates)[number], currency: string, maySee: boolean): Column<SubjectRow>[] {
  const figure = (name: Parameters<typeof emailColumn>[0], wide = false) =>
    emailColumn<SubjectRow>(name, currency, { wide });
  return [
    {
      id: 'subject',
      header: 'Subject',
      value: ({ subject }) => subject,
      cell: ({ subject, campaign_id, email_campaign_id }) =>
        maySee ? (
          <TextLink
            to={paths.campaign}
            params={{ campaignId: campaign_id }}
            search={{ tab: 'emails', mailing: email_campaign_id }}
            className={classes.words}
            inherit
          >
            {subject}
          </TextLink>
        ) : (
          subject
        ),
    },
    figure('sent', true),
    figure('delivered', true),
    ...(by === 'open_rate'
      ? [figure('open_rate'), figure('click_rate', true)]
      : [figure('click_rate'), figure('open_rate', true)]),
    {
      id: 'verdict',
      header: 'Against the first',
      definition: 'A two-proportion test; below 0.05 a difference is taken to be more than chance',
      sorts: false,
      value: subjectVerdictOf,
    },
  ];
}
