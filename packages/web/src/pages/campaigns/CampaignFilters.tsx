import { Group, Select, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { campaignStatuses, campaignTypes, type ListedCampaign, platforms } from '../../api/types/campaign.ts';
import { platformName } from '../../elements/platform.ts';
import { useUrlState } from '../../url-state.ts';

type CampaignFiltersProps = { campaigns: ListedCampaign[]; children: ReactNode };

/** Filters of the list; they stand in the address and answer at once. */
export function CampaignFilters({ campaigns, children }: CampaignFiltersProps) {
  const [state, change] = useUrlState();
  const owners = [...new Set(campaigns.flatMap(({ owner }) => owner ?? []))].sort();
  const choice = (
    name: string,
    placeholder: string,
    data: { value: string; label: string }[],
    width: number,
  ) => (
    <Select
      aria-label={placeholder}
      placeholder={placeholder}
      size="xs"
      w={width}
      clearable
      data={data}
      value={state[name] ?? null}
      onChange={(value) => change({ [name]: value ?? undefined, page: undefined })}
    />
  );
  const plain = (words: readonly string[]) => words.map((value) => ({ value, label: value }));
  return (
    <Group gap="xs" mb="sm" className="no-print">
      <TextInput
        aria-label="Part of a name or tracking code"
        placeholder="Name or code"
        size="xs"
        w={170}
        leftSection={<IconSearch size={14} />}
        value={state.q ?? ''}
        onChange={(event) => change({ q: event.currentTarget.value || undefined, page: undefined })}
      />
      {choice('status', 'Any status', plain(campaignStatuses), 115)}
      {choice(
        'platform',
        'All platforms',
        platforms.map((value) => ({ value, label: platformName(value) })),
        135,
      )}
      {choice('type', 'Any type', plain(campaignTypes), 115)}
      {owners.length > 0 && choice('owner', 'Any owner', plain(owners), 130)}
      {choice(
        'archived',
        'Not archived',
        [
          { value: 'only', label: 'Archived' },
          { value: 'all', label: 'All' },
        ],
        125,
      )}
      {children}
    </Group>
  );
}
