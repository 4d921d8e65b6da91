import type { EventKind } from './fold-send.ts';
import type { SendInput } from './send-input.ts';

/** Something told of a send; `told_at` null where no time is told of it, and it is taken to have happened when it came. */
export type ToldEvent = { kind: EventKind; at: Date; told_at: Date | null; reason: string | null };

/** The times that are told of a send, as events; a status without a time of its own happened when it was sent. */
export function toldEvents(input: SendInput, now: Date): ToldEvent[] {
  const reason = input.bounce_reason ?? null;
  const told: [EventKind, Date | null | undefined, string | null][] = [
    ['delivered', input.delivered_at, null],
    ['opened', input.opened_at, null],
    ['clicked', input.clicked_at, null],
    ['bounced', input.bounced_at, reason],
    ['failed', input.failed_at, reason],
    ['complained', input.complained_at, null],
    ['unsubscribed', input.unsubscribed_at, null],
  ];
  const { status } = input;
  return told.flatMap(([kind, time, why]) => {
    const isStatus = status === kind || (kind === 'bounced' && isUntimedBounce(input));
    if (!time && !isStatus) return [];
    const told_at = time ?? input.sent_at ?? null;
    return [{ kind, at: told_at ?? now, told_at, reason: why }];
  });
}

// A reason without anything it is the reason of is that of a bounce.
function isUntimedBounce({ bounce_reason, failed_at, status }: SendInput): boolean {
  return bounce_reason != null && failed_at == null && status !== 'failed';
}
