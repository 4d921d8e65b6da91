import { Button, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { productsQuery } from '../../api/orders.ts';
import type { Product } from '../../api/types/order.ts';
import { EmptyState } from '../../elements/EmptyState.tsx';
import { TextLink } from '../../elements/links.tsx';
import { PageHeader } from '../../elements/PageHeader.tsx';
import { formatAmount } from '../../format/money.ts';
import { formatCount } from '../../format/number.ts';
import { paths } from '../../paths.ts';
import type { Column } from '../../table/column.ts';
import { DataTable } from '../../table/DataTable.tsx';
import { useUrlState } from '../../url-state.ts';

/** What can be sold and promoted. */
export function Page() {
  const [{ search }, change] = useUrlState();
  const products = useInfiniteQuery(productsQuery(search));
  const rows = useMemo(() => products.data?.pages.flatMap(({ data }) => data), [products.data]);
  const seek = useDebouncedCallback(
    (text: string) => change({ search: text.trim() || undefined, page: undefined }),
    250,
  );
  return (
    <>
      <PageHeader title="Products">What can be sold and promoted, with what it costs.</PageHeader>
      <TextInput
        aria-label="Part of a name, SKU or id"
        placeholder="Name, SKU or id"
        size="xs"
        maw={240}
        mb="sm"
        leftSection={<IconSearch size={14} />}
        defaultValue={search ?? ''}
        onChange={(event) => seek(event.currentTarget.value)}
      />
      <DataTable
        label="Products"
        columns={columns}
        rows={rows}
        rowId={({ id }) => id}
        sort={{ id: 'name', desc: false }}
        error={products.error}
        onRetry={() => void products.refetch()}
        csv="products"
        empty={
          <EmptyState title="No products here">
            Products come by the API, by import, or with the first order that sells them.
          </EmptyState>
        }
        footer={
          products.hasNextPage && (
            <Button
              variant="default"
              size="compact-xs"
              loading={products.isFetchingNextPage}
              onClick={() => void products.fetchNextPage()}
            >
              The latest {formatCount(rows?.length)} are loaded: load more
            </Button>
          )
        }
      />
    </>
  );
}

const columns: Column<Product>[] = [
  {
    id: 'name',
    header: 'Product',
    value: ({ name, external_id }) => name ?? external_id,
    cell: ({ id, name, external_id }) => (
      <TextLink to={paths.product} params={{ productId: id }} inherit>
        {name ?? external_id}
      </TextLink>
    ),
  },
  { id: 'sku', header: 'SKU', value: ({ sku }) => sku },
  { id: 'external_id', header: 'Id in the shop', wide: true, value: ({ external_id }) => external_id },
  { id: 'category', header: 'Category', wide: true, value: ({ category }) => category },
  { id: 'source', header: 'Shop', wide: true, value: ({ source }) => source },
  {
    id: 'cost',
    header: 'Cost now',
    definition: 'What a piece costs now; “–” where it is not known, which makes profit unknown too',
    numeric: true,
    value: ({ cost }) => cost,
    cell: ({ cost, currency }) => (cost === null || currency === null ? '–' : formatAmount(cost, currency)),
  },
  { id: 'currency', header: 'Currency', wide: true, value: ({ currency }) => currency },
];
