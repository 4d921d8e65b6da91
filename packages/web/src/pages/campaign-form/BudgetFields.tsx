import { Select, SimpleGrid, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { FormValues } from './form-values.ts';

/** How much it may cost. */
export function BudgetFields({ form }: { form: UseFormReturnType<FormValues> }) {
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }}>
      <Select
        label="Budget"
        placeholder="None"
        clearable
        data={[
          { value: 'daily', label: 'A day' },
          { value: 'lifetime', label: 'In all' },
        ]}
        {...form.getInputProps('budget_type')}
        value={form.values.budget_type || null}
        onChange={(value) => form.setFieldValue('budget_type', value ?? '')}
      />
      <TextInput label="Amount" inputMode="decimal" {...form.getInputProps('budget_amount')} />
      <Select
        label="Currency"
        searchable
        limit={40}
        allowDeselect={false}
        data={Intl.supportedValuesOf('currency')}
        {...form.getInputProps('currency')}
      />
    </SimpleGrid>
  );
}
