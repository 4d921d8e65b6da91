import type { Database } from '../../database/index.ts';
import { type EventInput, eventInput, recordEvents } from '../../touches/index.ts';
import { strictReader } from '../../vocabulary/read-strictly.ts';
import type { ProcessContext, Processed } from './webhook.ts';

/** What an adapter makes of one of its provider's events: ours, one that is none of our business, or a fault. */
export type ReadEvent = { event: Record<string, unknown> } | { ignored: string } | { fault: string };

const readEvent = strictReader(eventInput);

// Who waits for an answer of this process waits for a slice: deliveries of 1,000 were answered in 64 ms at most with slices
// of 200, in 27 with slices of 50, which take a third longer altogether.
const sliceSize = 50;

/** Records the events of a delivery: good ones are kept whatever the others are. */
export async function recordReadEvents(
  db: Database,
  read: ReadEvent[],
  context: ProcessContext,
): Promise<Processed> {
  const done: Processed = { events: read.length, recorded: 0, unchanged: 0, ignored: 0, faults: [] };
  for (let start = 0; start < read.length; start += sliceSize) {
    await recordSlice(db, read.slice(start, start + sliceSize), { ...context, start, done });
  }
  done.faults.sort((a, b) => a.index - b.index);
  return done;
}

async function recordSlice(
  db: Database,
  read: ReadEvent[],
  { start, done, ...context }: ProcessContext & { start: number; done: Processed },
): Promise<void> {
  const good: { index: number; input: EventInput }[] = [];
  for (const [place, each] of read.entries()) {
    const index = start + place;
    if ('fault' in each) done.faults.push({ index, message: each.fault });
    if ('ignored' in each) done.ignored += 1;
    if (!('event' in each)) continue;
    const { data, faults } = readEvent(withoutEmpty(shortened(each.event)));
    if (data !== undefined) good.push({ index, input: data });
    for (const { path, message } of faults ?? []) done.faults.push({ index, message: `${path} ${message}` });
  }
  const outcomes = await recordEvents(
    db,
    good.map(({ input }) => input),
    context,
  );
  for (const [place, outcome] of outcomes.entries()) {
    if (outcome.outcome === 'created') done.recorded += 1;
    if (outcome.outcome === 'unchanged') done.unchanged += 1;
    if (outcome.outcome !== 'rejected') continue;
    done.faults.push({ index: good[place]!.index, message: outcome.error.message });
  }
}

/** What is only told of an event is no reason to lose it: too long a text is cut, and what cannot be stored left out. */
const longest = { url: 4000, user_agent: 2000, reason: 2000 } as const;

function shortened(event: Record<string, unknown>): Record<string, unknown> {
  const told = Object.entries(longest).flatMap(([name, most]) => {
    const text = event[name];
    return typeof text === 'string' ? [[name, text.slice(0, most).replace(/[\0\p{Cs}]/gu, '')]] : [];
  });
  return { ...event, ...Object.fromEntries(told) };
}

function withoutEmpty(event: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(event).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  );
}

/** Reads each of a list by itself, so that one that cannot be read is a fault and no end. */
export function readEach(list: unknown[], read: (each: never) => ReadEvent | ReadEvent[]): ReadEvent[] {
  return list.flatMap((each) => {
    if (typeof each !== 'object' || each === null) return { fault: 'is no object' };
    try {
      return read(each as never);
    } catch (error) {
      return { fault: `cannot be read: ${error instanceof Error ? error.message : String(error)}` };
    }
  });
}

/** An instant as providers write it: seconds since 1970, or text with an offset. @throws when it is none */
export function instantOf(time: number | string | undefined): string {
  const instant = new Date(typeof time === 'number' ? time * 1000 : (time ?? ''));
  if (Number.isNaN(instant.getTime())) throw new Error('it says no time');
  return instant.toISOString();
}
