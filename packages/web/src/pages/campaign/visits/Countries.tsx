import { SimpleGrid } from '@mantine/core';
import { useMemo } from 'react';
import type { Analytics } from '../../../api/types/analytics.ts';
import { LazyWorldMap } from '../../../charts/world/LazyWorldMap.tsx';
import { Panel } from '../../../elements/Panel.tsx';
import { countryName } from '../../../format/country.ts';
import { formatCount, formatPercent } from '../../../format/number.ts';
import type { Column } from '../../../table/column.ts';
import { DataTable } from '../../../table/DataTable.tsx';
import { figureColumn } from '../../../table/figure-column.tsx';

type CountryRow = Analytics['countries'][number];

/** Where they came from: a map, and beside it the same as a table. */
export function Countries({ countries, currency }: { countries: CountryRow[]; currency: string }) {
  const columns = useMemo(() => columnsFor(currency), [currency]);
  const drawn = countries.flatMap(({ country, visits }) =>
    country === null || visits === 0 ? [] : [{ country, value: visits }],
  );
  const [first] = drawn;
  return (
    <Panel title="Countries" note="By the network of the visitor’s address">
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <LazyWorldMap
          label={`A map of the world, the darker the more visits${first ? `; most from ${countryName(first.country)}` : ''}. The table holds the same.`}
          countries={drawn}
          unit="visits"
          format={formatCount}
        />
        <DataTable
          label="Countries"
          name="countries-"
          columns={columns}
          rows={countries}
          rowId={({ country }) => country ?? 'unknown'}
          sort={{ id: 'visits', desc: true }}
          empty="No country is known"
          csv="countries"
          pageSize={8}
        />
      </SimpleGrid>
    </Panel>
  );
}

function columnsFor(currency: string): Column<CountryRow>[] {
  return [
    { id: 'country', header: 'Country', value: ({ country }) => countryName(country) },
    figureColumn('visits', currency),
    {
      id: 'share',
      header: 'Share',
      numeric: true,
      wide: true,
      value: ({ share }) => share,
      cell: ({ share }) => formatPercent(share),
    },
    figureColumn('conversions', currency, { wide: true }),
    figureColumn('revenue', currency),
  ];
}
