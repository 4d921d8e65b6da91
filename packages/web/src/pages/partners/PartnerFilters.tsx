import { Group, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { partnerKinds } from '../../api/types/partner.ts';
import { useUrlState } from '../../url-state.ts';

/** Filters of the list of partners; they stand in the address. */
export function PartnerFilters({ regions }: { regions: string[] }) {
  const [state, change] = useUrlState();
  const search = useDebouncedCallback(
    (text: string) => change({ search: text.trim() || undefined, page: undefined }),
    250,
  );
  const choice = (name: string, placeholder: string, data: { value: string; label: string }[]) => (
    <Select
      aria-label={placeholder}
      placeholder={placeholder}
      size="xs"
      w={140}
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
        aria-label="Part of a name or alias"
        placeholder="Name or alias"
        size="xs"
        w={190}
        leftSection={<IconSearch size={14} />}
        defaultValue={state.search ?? ''}
        onChange={(event) => search(event.currentTarget.value)}
      />
      {choice('kind', 'Any kind', plain(partnerKinds))}
      {choice('region', 'All regions', plain(regions))}
      {choice('active', 'Active or not', [
        { value: 'true', label: 'Active' },
        { value: 'false', label: 'Not active' },
      ])}
    </Group>
  );
}
