import { TouchstoneError } from '../../../vocabulary/errors.ts';

/** Takes one item, and answers when the batch it went into has been committed. */
export type GroupCommit<Item, Result> = (item: Item) => Promise<Result>;

type Waiting<Item, Result> = {
  item: Item;
  resolve: (result: Result) => void;
  reject: (reason: unknown) => void;
};

/**
 * Writes what arrives within a moment together: while one batch is being committed, the next gathers. Nothing is
 * acknowledged before its commit. A batch that fails is tried again one by one, so that a bad item fails alone.
 *
 * @param commit a result per item, at its place
 * @param longestQueue items beyond it are refused
 * @throws unavailable, with a time to wait, when the queue is full
 */
export function groupCommit<Item, Result>(
  commit: (items: Item[]) => Promise<Result[]>,
  { largestBatch = 1000, longestQueue = 10_000 } = {},
): GroupCommit<Item, Result> {
  const queue: Waiting<Item, Result>[] = [];
  let isCommitting = false;

  return (item) => {
    if (queue.length >= longestQueue) {
      const message = 'More visits are coming in than can be written; send it again in a moment.';
      return Promise.reject(new TouchstoneError('unavailable', message, [], 1));
    }
    return new Promise((resolve, reject) => {
      queue.push({ item, resolve, reject });
      if (isCommitting) return;
      isCommitting = true;
      // Not at once: what the sockets hold by now comes along.
      setImmediate(drain);
    });
  };

  async function drain(): Promise<void> {
    while (queue.length > 0) await commitTogether(queue.splice(0, largestBatch));
    isCommitting = false;
  }

  async function commitTogether(batch: Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await commit(batch.map(({ item }) => item));
      batch.forEach(({ resolve }, place) => {
        resolve(results[place]!);
      });
    } catch (error) {
      if (batch.length === 1) batch[0]!.reject(error);
      else for (const one of batch) await commitTogether([one]);
    }
  }
}
