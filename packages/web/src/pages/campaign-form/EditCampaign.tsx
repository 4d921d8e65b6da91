import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { changeCampaign, isPreview } from '../../api/campaigns.ts';
import type { Campaign, CampaignInput } from '../../api/types/campaign.ts';
import { paths } from '../../paths.ts';
import { PreviewText } from '../campaign/PreviewText.tsx';
import { useCampaignChange } from '../campaign/use-campaign-change.ts';
import { CampaignForm } from './CampaignForm.tsx';
import { changesOf, type FormValues, valuesOf } from './form-values.ts';

/** The form of a campaign that exists: moved dates are tried out first, and those in the past need a reason. */
export function EditCampaign({ campaign }: { campaign: Campaign }) {
  const navigate = useNavigate();
  const initial = valuesOf(campaign);
  const [dates, setDates] = useState<CampaignInput>({});
  const movesHistory = Object.keys(dates).length > 0;
  const preview = useQuery({
    queryKey: ['campaign', campaign.id, 'preview', dates],
    // A try needs no reason, though the change itself may.
    queryFn: () => changeCampaign(campaign.id, { ...dates, reason: 'a try', dry_run: true }),
    enabled: movesHistory,
    staleTime: 0,
  });
  const save = useCampaignChange(campaign.id, (body: CampaignInput) => changeCampaign(campaign.id, body), {
    onDone: () => void navigate({ to: paths.campaign, params: { campaignId: campaign.id } }),
  });
  const noticeDates = (values: FormValues) => {
    const { starts_at, ends_at } = changesOf(values, initial);
    setDates({ ...(starts_at !== undefined && { starts_at }), ...(ends_at !== undefined && { ends_at }) });
  };
  return (
    <CampaignForm
      initial={initial}
      action="Save"
      pending={save.isPending}
      error={save.error}
      withReason={movesHistory}
      onValues={noticeDates}
      onSubmit={(values, reason) => save.mutate({ ...changesOf(values, initial), ...(reason && { reason }) })}
    >
      {movesHistory && (
        <PreviewText
          preview={preview.data !== undefined && isPreview(preview.data) ? preview.data : undefined}
          error={preview.error}
        />
      )}
    </CampaignForm>
  );
}
