import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { createCampaign } from '../../api/campaigns.ts';
import type { CampaignInput } from '../../api/types/campaign.ts';
import { PageHeader } from '../../elements/PageHeader.tsx';
import { paths } from '../../paths.ts';
import { useInstallation } from '../../session/use-installation.ts';
import { useUrlState } from '../../url-state.ts';
import { CampaignForm } from './CampaignForm.tsx';
import { changesOf, emptyValues } from './form-values.ts';

/** A new campaign: a draft, whose products are chosen next. */
export function Page() {
  const { currency } = useInstallation();
  const [{ parent = '' }] = useUrlState();
  const client = useQueryClient();
  const navigate = useNavigate();
  const initial = emptyValues(currency, parent);
  const create = useMutation({
    mutationFn: (body: CampaignInput) => createCampaign(body),
    onSuccess: (campaign) => {
      void client.invalidateQueries({ queryKey: ['campaigns'] });
      notifications.show({ message: `${campaign.name} is a draft now. Say which products it promotes.` });
      void navigate({
        to: paths.campaign,
        params: { campaignId: campaign.id },
        search: { tab: 'targets' },
      });
    },
  });
  return (
    <>
      <PageHeader title="New campaign">
        It starts as a draft: nothing is credited until it has products and is started.
      </PageHeader>
      <CampaignForm
        initial={initial}
        action="Create the draft"
        pending={create.isPending}
        error={create.error}
        onSubmit={(values) =>
          create.mutate({
            ...changesOf(values, { ...initial, campaign_type: '', parent_campaign_id: '', currency: '' }),
          })
        }
      />
    </>
  );
}
