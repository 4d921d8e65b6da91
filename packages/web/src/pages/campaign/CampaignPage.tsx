import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { campaignQuery } from '../../api/campaigns.ts';
import { FailedPage } from '../../elements/FailedPage.tsx';
import { LoadingRows } from '../../elements/LoadingRows.tsx';
import { paths } from '../../paths.ts';
import { useMay } from '../../session/use-session.ts';
import { oneOf, useUrlState } from '../../url-state.ts';
import { CampaignHeader } from './CampaignHeader.tsx';
import { ChildrenTab } from './ChildrenTab.tsx';
import { ConversionsTab } from './ConversionsTab.tsx';
import { CreditedOrdersTab } from './CreditedOrdersTab.tsx';
import { CreditedProductsTab } from './CreditedProductsTab.tsx';
import { EmailsTab } from './emails/EmailsTab.tsx';
import { HistoryTab } from './HistoryTab.tsx';
import { SpendTab } from './SpendTab.tsx';
import { SummaryTab } from './SummaryTab.tsx';
import { TargetsTab } from './TargetsTab.tsx';
import { VisitsTab } from './visits/VisitsTab.tsx';

const tabs = [
  'summary',
  'visits',
  'conversions',
  'emails',
  'targets',
  'products',
  'orders',
  'spend',
  'children',
  'history',
] as const;

const labels: Record<(typeof tabs)[number], string> = {
  summary: 'Summary',
  visits: 'Visits',
  conversions: 'Conversions',
  emails: 'Emails',
  targets: 'Targets',
  products: 'Products sold',
  orders: 'Credited orders',
  spend: 'Spend',
  children: 'Children',
  history: 'History',
};

/** One campaign: what it earned, what it targets, what it cost, what was done to it. */
export function Page() {
  const { campaignId } = useParams({ from: `/inside${paths.campaign}` });
  const [state, change] = useUrlState();
  const tab = oneOf(state.tab, tabs);
  const campaign = useQuery(campaignQuery(campaignId));
  const sees = { spend: useMay('spend:read'), emails: useMay('emails:read') };
  const { data } = campaign;
  if (campaign.error !== null) {
    return <FailedPage title="Campaign" error={campaign.error} onRetry={() => void campaign.refetch()} />;
  }
  if (data === undefined) return <LoadingRows label="Campaign" rows={12} />;
  return (
    <>
      <CampaignHeader campaign={data} />
      <Tabs
        value={tab}
        onChange={(value) =>
          change({
            tab: value === 'summary' ? undefined : (value ?? undefined),
            sort: undefined,
            page: undefined,
          })
        }
        keepMounted={false}
      >
        <Tabs.List mb="md">
          {tabs
            .filter((each) => (each !== 'spend' && each !== 'emails') || sees[each])
            .map((each) => (
              <Tabs.Tab key={each} value={each}>
                {labels[each]}
                {each === 'children' && data.children_count > 0 ? ` (${data.children_count})` : ''}
              </Tabs.Tab>
            ))}
        </Tabs.List>
        <Tabs.Panel value="summary">
          <SummaryTab campaign={data} />
        </Tabs.Panel>
        <Tabs.Panel value="visits">
          <VisitsTab campaign={data} />
        </Tabs.Panel>
        <Tabs.Panel value="conversions">
          <ConversionsTab campaign={data} />
        </Tabs.Panel>
        {sees.emails && (
          <Tabs.Panel value="emails">
            <EmailsTab campaign={data} />
          </Tabs.Panel>
        )}
        <Tabs.Panel value="targets">
          <TargetsTab campaign={data} />
        </Tabs.Panel>
        <Tabs.Panel value="products">
          <CreditedProductsTab campaign={data} />
        </Tabs.Panel>
        <Tabs.Panel value="orders">
          <CreditedOrdersTab campaign={data} />
        </Tabs.Panel>
        {sees.spend && (
          <Tabs.Panel value="spend">
            <SpendTab campaign={data} />
          </Tabs.Panel>
        )}
        <Tabs.Panel value="children">
          <ChildrenTab campaign={data} />
        </Tabs.Panel>
        <Tabs.Panel value="history">
          <HistoryTab campaign={data} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
