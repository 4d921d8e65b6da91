import { TextInput, type TextInputProps } from '@mantine/core';
import { instantOf, wallTimeOf } from '../question/zoned-days.ts';

type MomentFieldProps = Omit<TextInputProps, 'value' | 'onChange'> & {
  timeZone: string;
  /** An instant, ISO 8601; undefined while nothing is chosen. */
  value: string | undefined;
  onChange: (instant: string | undefined) => void;
};

/** A moment as the clocks of the zone show it; the browser's own field, so that any keyboard and phone can fill it. */
export function MomentField({ timeZone, value, onChange, label, ...rest }: MomentFieldProps) {
  return (
    <TextInput
      {...rest}
      label={`${label} (${timeZone})`}
      type="datetime-local"
      step={60}
      value={value === undefined ? '' : wallTimeOf(value, timeZone).slice(0, 16)}
      onChange={({ currentTarget }) =>
        onChange(
          currentTarget.value === ''
            ? undefined
            : instantOf(`${currentTarget.value}:00`.slice(0, 19), timeZone),
        )
      }
    />
  );
}
