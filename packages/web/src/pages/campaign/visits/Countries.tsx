import { SimpleGrid } from '@mantine/core';
import type { Analytics } from '../../../api/types/analytics.ts';
import { LazyWorldMap } from '../../../charts/world/LazyWorldMap.tsx';
import { Panel } from '../../../elements/Panel.tsx';
import { countryName } from '../../../format/country.ts';
import { formatCount, formatPercent } from '../../../format/number.ts';
import type { Column } from '../../../table/column.ts';
import { DataTable } from '../../../table/DataTable.tsx';

type CountryRow = Analytics['countries'][number];

/** Where they came from: a map, and beside it the same as a table. */
export function Countries({ countries }: { countries: CountryRow[] }) {
  const drawn = countries.flatMap(({ country, visits }) =>
    country === null ? [] : [{ country, value: visits }],
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

const columns: Column<CountryRow>[] = [
  { id: 'country', header: 'Country', value: ({ country }) => countryName(country) },
  {
    id: 'visits',
    header: 'Visits',
    numeric: true,
    value: ({ visits }) => visits,
    cell: ({ visits }) => formatCount(visits),
  },
  {
    id: 'share',
    header: 'Share',
    numeric: true,
    value: ({ share }) => share,
    cell: ({ share }) => formatPercent(share),
  },
];
