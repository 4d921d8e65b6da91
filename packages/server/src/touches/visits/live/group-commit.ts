import { sqlstate } from '../../../database/index.ts';
import { TouchstoneError } from '../../../vocabulary/errors.ts';

/** Takes one item, and answers when the batch it went into has been committed. */
export type GroupCommit<Item, Result> = (item: Item) => Promise<Result>;

type Waiting<Item, Result> = {
  item: Item;
  resolve: (result: Result | Promise<Result>) => void;
  reject: (reason: unknown) => void;
};

/**
 * Writes together what comes together. Where more than one batch may be under way, another begins once as many wait as are
 * being written, or a millisecond after the first of them: those whom the last batch answered gather meanwhile, and no
 * batch is small. Nothing is acknowledged before its commit. A batch that is refused is tried again one by one, so that a
 * bad item fails alone.
 *
 * @param commit a result per item, at its place; one that is promised is waited for by its own item only
 * @param batchesAtOnce with one, items are written in the order in which they came
 * @param longestQueue items beyond it are refused
 * @throws unavailable, with a time to wait, when the queue is full
 */
export function groupCommit<Item, Result>(
  commit: (items: Item[]) => Promise<(Result | Promise<Result>)[]>,
  { batchesAtOnce = 1, largestBatch = 1000, longestQueue = 10_000 } = {},
): GroupCommit<Item, Result> {
  const queue: Waiting<Item, Result>[] = [];
  let batches = 0;
  let beingWritten = 0;
  let isBeginning = false;
  let deadline: NodeJS.Timeout | undefined;

  return (item) => {
    if (queue.length >= longestQueue) {
      const message = 'More visits are coming in than can be written; send it again in a moment.';
      return Promise.reject(new TouchstoneError('unavailable', message, [], 1));
    }
    return new Promise((resolve, reject) => {
      queue.push({ item, resolve, reject });
      gather();
    });
  };

  function gather(): void {
    if (isBeginning || batches === batchesAtOnce || queue.length === 0) return;
    if (queue.length >= beingWritten) begin();
    else deadline ??= setTimeout(begin, longestGatheredMs);
  }

  function begin(): void {
    clearTimeout(deadline);
    deadline = undefined;
    isBeginning = true;
    // Not at once: what the sockets hold by now comes along.
    setImmediate(() => {
      isBeginning = false;
      void write(queue.splice(0, largestBatch));
    });
  }

  async function write(batch: Waiting<Item, Result>[]): Promise<void> {
    batches += 1;
    beingWritten += batch.length;
    await commitTogether(batch);
    batches -= 1;
    beingWritten -= batch.length;
    gather();
  }

  async function commitTogether(batch: Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await commit(batch.map(({ item }) => item));
      batch.forEach(({ resolve }, place) => {
        resolve(results[place]!);
      });
    } catch (error) {
      if (batch.length > 1 && isOfAnItem(error)) for (const one of batch) await commitTogether([one]);
      else for (const { reject } of batch) reject(error);
    }
  }
}

// As short as a timer can be; writing thirty takes as long.
const longestGatheredMs = 1;

/**
 * The database refused what was sent, of which one item may be the cause: its data (22), a constraint (23), or a limit
 * that it is beyond (54), as what is too large for an index. Were the database gone, all would fail.
 */
function isOfAnItem(error: unknown): boolean {
  return /^(22|23|54)/.test(sqlstate(error) ?? '');
}
