import { Text } from '@mantine/core';
import type { ReportMeta } from '../api/types/report.ts';
import { TextLink } from '../elements/links.tsx';
import { formatCount } from '../format/number.ts';
import { formatInstant } from '../format/time.ts';

type ReportNotesProps = {
  meta: Pick<ReportMeta, 'pending_settlements' | 'other_currencies' | 'as_of' | 'tz'> | undefined;
};

/** What one must know beside the figures: what is still to be settled, what stands in other currencies, as of when. */
export function ReportNotes({ meta }: ReportNotesProps) {
  if (meta === undefined) return null;
  const { pending_settlements, other_currencies, as_of, tz } = meta;
  return (
    <Text size="xs" c="dimmed" component="p" mt="md">
      {pending_settlements > 0 &&
        `${formatCount(pending_settlements)} ${pending_settlements === 1 ? 'order is' : 'orders are'} still to be settled; figures may move. `}
      {other_currencies.length > 0 && (
        <>
          There is more in{' '}
          {other_currencies.map((currency, place) => (
            <span key={currency}>
              {place > 0 && ', '}
              <TextLink to="." search={(all) => ({ ...all, currency })} inherit underline="always">
                {currency}
              </TextLink>
            </span>
          ))}
          , which is never added up.{' '}
        </>
      )}
      As of {formatInstant(as_of, tz)} ({tz}).
    </Text>
  );
}
