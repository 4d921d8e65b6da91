import { Text } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Answer } from '../../api/ask.ts';
import type { RetailerRow, RetailersMeta } from '../../api/types/email.ts';
import { EmptyState } from '../../elements/EmptyState.tsx';
import { TextLink } from '../../elements/links.tsx';
import { formatEmailFigure } from '../../email/email-figures.ts';
import { FirstMailing } from '../../email/FirstMailing.tsx';
import type { EmailQuestion } from '../../email/use-email-question.ts';
import { formatCount } from '../../format/number.ts';
import { paths } from '../../paths.ts';
import { useMay } from '../../session/use-session.ts';
import type { Column } from '../../table/column.ts';
import { DataTable } from '../../table/DataTable.tsx';
import { figureColumns } from './figure-columns.ts';
import type { Rankable } from './rankable.ts';

type RetailerTableProps = {
  retailers: UseQueryResult<Answer<RetailerRow[], RetailersMeta>>;
  figure: Rankable;
  question: EmailQuestion;
  isNarrowed: boolean;
};

/** Retailers by the chosen figure; those that orders name and nobody entered are among them. */
export function RetailerTable({ retailers, figure, question, isNarrowed }: RetailerTableProps) {
  const { currency } = question;
  const { data, error } = retailers;
  const mayEnter = useMay('partners:write');
  const columns = useMemo(() => columnsFor(figure, currency, mayEnter), [figure, currency, mayEnter]);
  const rest = data?.meta.without_retailer;
  return (
    <div>
      <DataTable
        label="Retailers"
        columns={columns}
        rows={data?.data}
        rowId={({ partner_id, name }) => partner_id ?? `name:${name}`}
        sort={{ id: figure, desc: true }}
        error={error}
        onRetry={() => void retailers.refetch()}
        csv="email-retailers"
        empty={
          isNarrowed ? (
            <EmptyState title="No retailer of this region in this range">
              Choose another region, or a longer range.
            </EmptyState>
          ) : (
            <FirstMailing title="No retailer was mailed, and none bought, in this range" />
          )
        }
      />
      {rest !== undefined && (rest.sent > 0 || rest.sales > 0) && !isNarrowed && (
        <Text size="xs" c="dimmed" mt="xs" className="figure">
          Without a retailer: {formatCount(rest.sent)} sent, {formatCount(rest.sales)}{' '}
          {rest.sales === 1 ? 'sale' : 'sales'}, {formatEmailFigure('revenue', rest.revenue, currency)}{' '}
          {currency}.
        </Text>
      )}
    </div>
  );
}

function columnsFor(figure: Rankable, currency: string, mayEnter: boolean): Column<RetailerRow>[] {
  return [
    {
      id: 'name',
      header: 'Retailer',
      value: ({ name }) => name,
      cell: ({ partner_id, name }) =>
        partner_id === null && mayEnter ? (
          <>
            {name}{' '}
            <TextLink to={paths.partners} search={{ search: name }} size="xs">
              not entered
            </TextLink>
          </>
        ) : (
          name
        ),
    },
    { id: 'region', header: 'Region', wide: true, value: ({ region }) => region },
    ...figureColumns<RetailerRow>(figure, currency),
  ];
}
