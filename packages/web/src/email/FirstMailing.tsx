import { Stack } from '@mantine/core';
import { CopyBlock } from '../elements/CopyBlock.tsx';
import { EmptyState } from '../elements/EmptyState.tsx';
import { useMay } from '../session/use-session.ts';

type FirstMailingProps = {
  title: string;
  /** The campaign that it would be of; any when absent. */
  campaignId?: string;
};

/** Where nothing has been mailed: what will be here, and the lines that bring it. */
export function FirstMailing({ title, campaignId = 'CAMPAIGN_ID' }: FirstMailingProps) {
  const mayWrite = useMay('emails:write');
  return (
    <EmptyState
      title={title}
      action={
        mayWrite && (
          <Stack gap={4} ta="start" w="100%" maw={640} mt="sm">
            <CopyBlock what="the lines" text={linesFor(campaignId)} />
          </Stack>
        )
      }
    >
      Here stands what was mailed, who opened and clicked, and what was sold. A mailing is added to a
      campaign, and what became of it comes by file, by API or from the provider.
    </EmptyState>
  );
}

function linesFor(campaignId: string): string {
  return `curl ${location.origin}/api/v1/campaigns/${campaignId}/email-campaigns \\
  -H "Authorization: Bearer $TOUCHSTONE_KEY" -H "Content-Type: application/json" \\
  -d '{"subject": "Our new rings", "sender_email": "brand@example.com", "external_id": "spring-1"}'
# columns: email_campaign, recipient_email, retailer, sent_at, delivered_at, opened_at, clicked_at
touchstone import sends sends.csv`;
}
