import { Alert, MultiSelect, SegmentedControl, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { matchProducts, useAllProducts } from '../../products/use-all-products.ts';

type ProductChoiceProps = { value: string[]; onChange: (productIds: string[]) => void };

/** Products by search, or by pasting their SKUs. */
export function ProductChoice({ value, onChange }: ProductChoiceProps) {
  const [way, setWay] = useState('search');
  const [pasted, setPasted] = useState('');
  const products = useAllProducts();
  const rows = products.data?.rows ?? [];
  const unknown = way === 'paste' ? matchProducts(pasted, rows).unknown : [];
  return (
    <Stack gap="xs">
      <SegmentedControl
        size="xs"
        aria-label="How products are chosen"
        value={way}
        onChange={setWay}
        data={[
          { value: 'search', label: 'Search' },
          { value: 'paste', label: 'Paste SKUs' },
        ]}
      />
      {way === 'search' ? (
        <MultiSelect
          label="Products"
          placeholder={value.length === 0 ? 'A name, SKU or id' : ''}
          searchable
          clearable
          limit={50}
          maxDropdownHeight={260}
          nothingFoundMessage={products.isPending ? 'Loading…' : 'No product is called that'}
          data={rows.map(({ id, name, sku, external_id }) => ({
            value: id,
            label: [name, sku ?? external_id].filter(Boolean).join(' · '),
          }))}
          value={value}
          onChange={onChange}
        />
      ) : (
        <Textarea
          label="SKUs, ids or names"
          description="One a line, or with commas between"
          autosize
          minRows={5}
          maxRows={12}
          value={pasted}
          onChange={(event) => {
            setPasted(event.currentTarget.value);
            onChange(matchProducts(event.currentTarget.value, rows).found.map(({ id }) => id));
          }}
        />
      )}
      {unknown.length > 0 && (
        <Alert color="yellow" variant="light" title={`${unknown.length} not found`} role="status">
          <Text size="sm">{unknown.slice(0, 12).join(', ')}</Text>
        </Alert>
      )}
      {products.data?.complete === false && (
        <Text size="xs" c="dimmed">
          The latest 10,000 products can be chosen here; others by the API.
        </Text>
      )}
    </Stack>
  );
}
