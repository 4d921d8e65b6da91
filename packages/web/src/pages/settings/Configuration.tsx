import { Stack, Text } from '@mantine/core';
import type { Installation } from '../../api/types/operations.ts';
import { Facts } from '../../elements/Facts.tsx';
import { Panel } from '../../elements/Panel.tsx';
import { modelWords } from '../../question/models.ts';
import { useInstallation } from '../../session/use-installation.ts';
import type { Column } from '../../table/column.ts';
import { DataTable } from '../../table/DataTable.tsx';

type Model = Installation['models'][number];
type Setting = Installation['settings'][number];

/** How the installation is set up; it is changed by its environment, not here. */
export function Configuration() {
  const installation = useInstallation();
  return (
    <Stack gap="md">
      <Panel title="Attribution">
        <Facts
          facts={[
            ['Settling', installation.attribution_enabled ? 'on' : 'off: orders wait, nothing is lost'],
            ['Statuses that carry credit', installation.countable_statuses.join(', ')],
            ['Time zone', installation.time_zone],
            ['Currency', installation.currency],
          ]}
        />
      </Panel>
      <Panel
        title="Models"
        note="A version never changes; a new one fills beside it and is published when complete"
      >
        <DataTable
          label="Models"
          name="models-"
          columns={modelColumns}
          rows={installation.models}
          rowId={({ model, version }) => `${model} ${version}`}
          empty="No model is kept"
          csv="models"
        />
      </Panel>
      {installation.settings.length > 0 && (
        <Panel title="Environment" note="Read when the server starts">
          <DataTable
            label="Environment"
            name="environment-"
            columns={settingColumns}
            rows={installation.settings}
            rowId={({ name }) => name}
            empty="Nothing"
            csv="configuration"
          />
        </Panel>
      )}
    </Stack>
  );
}

const modelColumns: Column<Model>[] = [
  { id: 'model', header: 'Model', value: ({ model }) => modelWords(model).label },
  { id: 'version', header: 'Version', numeric: true, value: ({ version }) => version },
  { id: 'status', header: 'Status', value: ({ status }) => status },
  { id: 'additive', header: 'Adds up', value: ({ additive }) => (additive ? 'yes' : 'no: reach') },
  { id: 'meaning', header: 'Meaning', wide: true, value: ({ model }) => modelWords(model).meaning },
];

const settingColumns: Column<Setting>[] = [
  {
    id: 'name',
    header: 'Variable',
    value: ({ name }) => name,
    cell: ({ name }) => (
      <Text span ff="monospace" fz="xs">
        {name}
      </Text>
    ),
  },
  { id: 'value', header: 'Value', value: ({ value }) => value, cell: ({ value }) => value || '–' },
];
