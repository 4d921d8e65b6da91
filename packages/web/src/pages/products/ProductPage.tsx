import { SimpleGrid, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { productQuery } from '../../api/orders.ts';
import { Facts } from '../../elements/Facts.tsx';
import { FailedPage } from '../../elements/FailedPage.tsx';
import { LoadingRows } from '../../elements/LoadingRows.tsx';
import { ButtonLink, TextLink } from '../../elements/links.tsx';
import { PageHeader } from '../../elements/PageHeader.tsx';
import { Panel } from '../../elements/Panel.tsx';
import { paths } from '../../paths.ts';
import { useQuestion } from '../../question/use-question.ts';
import { useMay } from '../../session/use-session.ts';
import { CostPeriods } from './CostPeriods.tsx';
import { WouldMatch } from './WouldMatch.tsx';

/** One product: what it costs, and which campaigns a sale of it would credit. */
export function Page() {
  const { productId } = useParams({ from: `/inside${paths.product}` });
  const { tz } = useQuestion();
  const mayAsk = useMay('operations:read');
  const product = useQuery(productQuery(productId));
  if (product.error !== null)
    return <FailedPage title="Product" error={product.error} onRetry={() => void product.refetch()} />;
  if (product.data === undefined) return <LoadingRows label="Product" />;
  const { name, external_id, sku, category, source, batches } = product.data;
  return (
    <>
      <PageHeader
        title={name ?? external_id}
        above={
          <TextLink to={paths.products} size="sm">
            Products
          </TextLink>
        }
        actions={
          <ButtonLink to={paths.orders} search={{ product_id: productId }} variant="default" size="xs">
            Its orders
          </ButtonLink>
        }
      />
      <Stack gap="md">
        {mayAsk && <WouldMatch productId={productId} tz={tz} />}
        <SimpleGrid cols={{ base: 1, md: 2 }}>
          <Panel title="Details">
            <Facts
              facts={[
                ['SKU', sku],
                ['Id in the shop', external_id],
                ['Shop', source],
                ['Category', category],
                ['Batches', batches.map(({ batch }) => batch).join(', ')],
              ]}
            />
          </Panel>
          <CostPeriods product={product.data} tz={tz} />
        </SimpleGrid>
      </Stack>
    </>
  );
}
