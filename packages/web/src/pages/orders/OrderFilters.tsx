import { Group, Pill, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { orderStatuses } from '../../api/types/order.ts';
import { useUrlState } from '../../url-state.ts';

/** Filters of the list of orders; they stand in the address. */
export function OrderFilters() {
  const [state, change] = useUrlState();
  const search = useDebouncedCallback(
    (text: string) => change({ search: text.trim() || undefined, page: undefined }),
    250,
  );
  return (
    <Group gap="xs" mb="sm" className="no-print">
      <TextInput
        aria-label="How an order number begins"
        placeholder="Order number begins…"
        size="xs"
        w={190}
        leftSection={<IconSearch size={14} />}
        defaultValue={state.search ?? ''}
        onChange={(event) => search(event.currentTarget.value)}
      />
      <Select
        aria-label="Status"
        placeholder="Any status"
        size="xs"
        w={140}
        clearable
        data={[...orderStatuses]}
        value={state.status ?? null}
        onChange={(status) => change({ status: status ?? undefined, page: undefined })}
      />
      {(['customer_id', 'product_id', 'source'] as const).map(
        (name) =>
          state[name] !== undefined && (
            <Pill
              key={name}
              size="md"
              withRemoveButton
              removeButtonProps={{ 'aria-label': 'Take the filter away' }}
              onRemove={() => change({ [name]: undefined, page: undefined })}
            >
              {name === 'source' ? `Shop ${state.source}` : `One ${name.replace('_id', '')} only`}
            </Pill>
          ),
      )}
    </Group>
  );
}
