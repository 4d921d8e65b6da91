import { useMemo } from 'react';
import type { ComparedCampaign } from '../../api/types/analytics.ts';
import { CampaignName } from '../../campaigns/CampaignName.tsx';
import { nothing } from '../../format/locale.ts';
import { formatCount, formatPercent, formatRatio } from '../../format/number.ts';
import type { Column } from '../../table/column.ts';
import { DataTable } from '../../table/DataTable.tsx';
import { figureColumn } from '../../table/figure-column.tsx';

type ComparedTableProps = { campaigns: ComparedCampaign[]; currency: string };

/** The figures that the verdict rests on. */
export function ComparedTable({ campaigns, currency }: ComparedTableProps) {
  const columns = useMemo(() => columnsFor(currency), [currency]);
  return (
    <DataTable
      label="Compared campaigns"
      columns={columns}
      rows={campaigns}
      rowId={({ campaign_id }) => campaign_id}
      sort={{ id: 'conversion_rate', desc: true }}
      csv="comparison"
      empty="No campaign"
    />
  );
}

function columnsFor(currency: string): Column<ComparedCampaign>[] {
  return [
    {
      id: 'name',
      header: 'Campaign',
      value: ({ name }) => name,
      cell: ({ campaign_id, name }) => <CampaignName id={campaign_id} name={name} tab="visits" />,
    },
    figureColumn('visits', currency),
    figureColumn('conversions', currency, { wide: true }),
    figureColumn('conversion_rate', currency),
    {
      id: 'difference',
      header: 'Behind the leader (pp)',
      definition: 'How far its rate lies below the leader’s, in percentage points, with the 95 % interval.',
      numeric: true,
      wide: true,
      value: ({ difference }) => difference,
      cell: ({ difference, difference_from, difference_to }) =>
        difference === null
          ? nothing
          : `${formatRatio(difference)} (${formatRatio(difference_from)} to ${formatRatio(difference_to)})`,
    },
    {
      id: 'chance_to_be_best',
      header: 'Chance to be best',
      definition:
        'The probability that its true conversion rate is the highest of all (Beta posteriors, flat priors).',
      numeric: true,
      value: ({ chance_to_be_best }) => chance_to_be_best,
      cell: ({ chance_to_be_best }) =>
        formatPercent(chance_to_be_best === null ? null : chance_to_be_best * 100),
    },
    {
      id: 'more_visits_each',
      header: 'Visits missing',
      definition:
        'More visits that it and the leader each need before their difference can be told from chance; 0 where it can.',
      numeric: true,
      wide: true,
      value: ({ more_visits_each }) => more_visits_each,
      cell: ({ more_visits_each }) => formatCount(more_visits_each),
    },
    figureColumn('revenue', currency, { wide: true }),
    figureColumn('cost_per_conversion', currency, { wide: true }),
  ];
}
