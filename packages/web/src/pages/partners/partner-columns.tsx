import { Button } from '@mantine/core';
import type { Partner } from '../../api/types/partner.ts';
import { StatusBadge } from '../../elements/StatusBadge.tsx';
import type { Column } from '../../table/column.ts';

/** @param edit opens a partner to be changed; absent for who may not */
export function partnerColumns(edit: ((partner: Partner) => void) | undefined): Column<Partner>[] {
  return [
    { id: 'name', header: 'Partner', value: ({ name }) => name },
    { id: 'kind', header: 'Kind', wide: true, value: ({ kind }) => kind },
    { id: 'region', header: 'Region', value: ({ region }) => region },
    { id: 'email', header: 'Email', wide: true, value: ({ email }) => email },
    {
      id: 'aliases',
      header: 'Also called',
      definition: 'Other spellings and ids by which orders and mailings name it',
      wide: true,
      value: ({ aliases }) => (aliases.length === 0 ? null : aliases.join(', ')),
    },
    {
      id: 'active',
      header: 'State',
      value: ({ active }) => (active ? 'active' : 'not active'),
      cell: ({ active }) => <StatusBadge status={active ? 'active' : 'not active'} />,
    },
    ...(edit === undefined
      ? []
      : [
          {
            id: 'edit',
            header: 'Change',
            sorts: false,
            value: () => null,
            cell: (partner: Partner) => (
              <Button
                size="compact-xs"
                variant="subtle"
                aria-label={`Change ${partner.name}`}
                onClick={() => edit(partner)}
              >
                Change
              </Button>
            ),
          },
        ]),
  ];
}
