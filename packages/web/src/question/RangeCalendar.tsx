import '@mantine/dates/styles.css';
import { DatePicker, type DatesRangeValue } from '@mantine/dates';
import { useState } from 'react';
import classes from './RangeCalendar.module.css';
import type { DayRange } from './ranges.ts';

type RangeCalendarProps = DayRange & { onChoose: (range: DayRange) => void };

/** Two days chosen in a calendar; loaded when it is opened. */
export default function RangeCalendar({ from, to, onChoose }: RangeCalendarProps) {
  const [days, setDays] = useState<DatesRangeValue<string>>([from, to]);
  return (
    <DatePicker
      type="range"
      size="sm"
      allowSingleDateInRange
      hideOutsideDates
      classNames={{ day: classes.day }}
      defaultDate={to}
      value={days}
      ariaLabels={{ previousMonth: 'Previous month', nextMonth: 'Next month' }}
      onChange={(chosen) => {
        setDays(chosen);
        const [first, last] = chosen;
        if (first !== null && last !== null) onChoose({ from: first, to: last });
      }}
    />
  );
}
