import { Select, Stack, Switch, Text } from '@mantine/core';
import { useInstallation } from '../session/use-installation.ts';
import { useUrlState } from '../url-state.ts';
import type { ViewOptionsProps } from './ViewOptions.tsx';

/** How figures are shown; loaded when it is opened. */
export default function ViewOptionFields({ question, bySaleOnly }: ViewOptionsProps) {
  const installation = useInstallation();
  const [, change] = useUrlState();
  const search = {
    size: 'xs',
    searchable: true,
    limit: 60,
    allowDeselect: false,
    comboboxProps: { withinPortal: false },
  } as const;
  return (
    <Stack gap="sm">
      <Select
        {...search}
        label="Time zone"
        description="Days begin and end there"
        data={zones}
        value={question.tz}
        onChange={(tz) => change({ tz: tz === installation.time_zone ? undefined : (tz ?? undefined) })}
      />
      <Select
        {...search}
        label="Currency"
        description="Currencies are never added up"
        data={currencies}
        value={question.currency}
        onChange={(currency) =>
          change({ currency: currency === installation.currency ? undefined : (currency ?? undefined) })
        }
      />
      {!bySaleOnly && (
        <>
          <Switch
            label="As booked"
            description="By the day it was posted: a January sale refunded in February is a February negative"
            size="xs"
            checked={question.basis === 'posted'}
            onChange={(event) => change({ basis: event.currentTarget.checked ? 'posted' : undefined })}
          />
          <Switch
            label="Compare with the previous period"
            size="xs"
            checked={question.compare}
            onChange={(event) => change({ compare: event.currentTarget.checked ? undefined : 'none' })}
          />
        </>
      )}
      <Text size="xs" c="dimmed">
        All of this stands in the address: copy it, and who opens it sees the same.
      </Text>
    </Stack>
  );
}

const zones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];
const currencies = Intl.supportedValuesOf('currency');
