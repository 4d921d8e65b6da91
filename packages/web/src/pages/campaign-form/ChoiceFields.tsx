import { Select, SimpleGrid } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { campaignTypes, platforms } from '../../api/types/campaign.ts';
import { useCampaigns } from '../../campaigns/use-campaigns.ts';
import { platformName } from '../../elements/platform.ts';
import type { FormValues } from './form-values.ts';

/** Where it runs, what it is, and below which campaign it stands. */
export function ChoiceFields({ form }: { form: UseFormReturnType<FormValues> }) {
  const campaigns = useCampaigns().data?.rows ?? [];
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }}>
      <Select
        label="Platform"
        required
        searchable
        data={platforms.map((value) => ({ value, label: platformName(value) }))}
        {...form.getInputProps('platform')}
        value={form.values.platform || null}
        onChange={(value) => form.setFieldValue('platform', value ?? '')}
      />
      <Select
        label="Type"
        allowDeselect={false}
        data={[...campaignTypes]}
        {...form.getInputProps('campaign_type')}
      />
      <Select
        label="Below the campaign"
        placeholder="None"
        searchable
        clearable
        limit={50}
        data={campaigns.map(({ id, name }) => ({ value: id, label: name }))}
        {...form.getInputProps('parent_campaign_id')}
        value={form.values.parent_campaign_id || null}
        onChange={(value) => form.setFieldValue('parent_campaign_id', value ?? '')}
      />
    </SimpleGrid>
  );
}
