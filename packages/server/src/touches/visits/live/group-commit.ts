import { sqlstate } from '../../../database/index.ts';
import { TouchstoneError } from '../../../vocabulary/errors.ts';

/** Takes one item, and answers when the batch it went into has been committed. */
export type GroupCommit<Item, Result> = (item: Item) => Promise<Result>;

type Waiting<Item, Result> = {
  item: Item;
  resolve: (result: Result) => void;
  reject: (reason: unknown) => void;
};

/**
 * Writes what arrives within a moment together: while batches are being committed, the next gathers. Nothing is
 * acknowledged before its commit. A batch that is refused is tried again one by one, so that a bad item fails alone.
 *
 * @param commit a result per item, at its place
 * @param atOnce batches under way: two, so that the next is written while one waits for the disk
 * @param overlapFrom so many items begin a batch beside another; fewer wait for its end
 * @param longestQueue items beyond it are refused
 * @throws unavailable, with a time to wait, when the queue is full
 */
export function groupCommit<Item, Result>(
  commit: (items: Item[]) => Promise<Result[]>,
  { largestBatch = 1000, longestQueue = 10_000, atOnce = 2, overlapFrom = 1 } = {},
): GroupCommit<Item, Result> {
  const queue: Waiting<Item, Result>[] = [];
  let underWay = 0;
  let isWoken = false;

  return (item) => {
    if (queue.length >= longestQueue) {
      const message = 'More visits are coming in than can be written; send it again in a moment.';
      return Promise.reject(new TouchstoneError('unavailable', message, [], 1));
    }
    return new Promise((resolve, reject) => {
      queue.push({ item, resolve, reject });
      wake();
    });
  };

  // Not at once: what the sockets hold by now comes along.
  function wake(): void {
    const enough = underWay === 0 ? 1 : overlapFrom;
    if (isWoken || underWay === atOnce || queue.length < enough) return;
    isWoken = true;
    setImmediate(() => {
      isWoken = false;
      if (queue.length > 0) void commitNext();
    });
  }

  async function commitNext(): Promise<void> {
    underWay += 1;
    await commitTogether(queue.splice(0, largestBatch));
    underWay -= 1;
    if (queue.length > 0) wake();
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

/**
 * The database refused what was sent, of which one item may be the cause: its data (22), a constraint (23), or a limit
 * that it is beyond (54), as what is too large for an index. Were the database gone, all would fail.
 */
function isOfAnItem(error: unknown): boolean {
  return /^(22|23|54)/.test(sqlstate(error) ?? '');
}
