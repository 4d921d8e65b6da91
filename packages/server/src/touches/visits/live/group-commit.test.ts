import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { groupCommit } from './group-commit.ts';

/** As the database refuses a row, by the code of its reason. */
const refusal = (code: string) => Object.assign(new Error('refused'), { code, severity: 'ERROR' });

describe('a group commit', () => {
  it('writes together what comes while others are written, and answers each its own', async () => {
    const batches: number[][] = [];
    const commit = groupCommit(async (items: number[]) => {
      batches.push(items);
      await wait(5);
      return items.map((item) => item * 2);
    });
    const items = Array.from({ length: 50 }, (_, place) => place);
    expect(await Promise.all(items.map(commit))).toEqual(items.map((item) => item * 2));
    expect(batches.flat()).toEqual(items);
    expect(batches.length).toBeLessThan(10);
  });

  it('begins a batch beside another when there is enough for one', async () => {
    const batches: number[] = [];
    let end = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const commit = groupCommit(
      async (items: number[]) => {
        batches.push(items.length);
        await ended;
        return items;
      },
      { atOnce: 2, overlapFrom: 3 },
    );
    const sent = [commit(1)];
    await wait(5);
    sent.push(commit(2), commit(3));
    await wait(5);
    expect(batches).toEqual([1]);
    sent.push(commit(4));
    await wait(5);
    sent.push(commit(5));
    end();
    expect(await Promise.all(sent)).toEqual([1, 2, 3, 4, 5]);
    expect(batches).toEqual([1, 3, 1]);
  });

  it.each([
    ['breaks a constraint', '23514'],
    ['is no text', '22021'],
    ['is too large for an index', '54000'],
  ])('has an item that %s fail alone', async (_, code) => {
    const commit = groupCommit(async (items: number[]) => {
      if (items.includes(3)) throw refusal(code);
      return items;
    });
    const settled = await Promise.allSettled([1, 2, 3, 4].map(commit));
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  });

  it('fails whole, and at once, when the database is gone', async () => {
    let tries = 0;
    const commit = groupCommit(async () => {
      tries += 1;
      throw new Error('Connection terminated');
    });
    const settled = await Promise.allSettled([1, 2, 3].map(commit));
    expect(settled.every(({ status }) => status === 'rejected')).toBe(true);
    expect(tries).toBe(1);
  });

  it('refuses what does not fit into the queue, and says when to come again', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const commit = groupCommit(async (items: number[]) => held.then(() => items), { longestQueue: 2 });
    const taken = [commit(1), commit(2)];
    await expect(commit(3)).rejects.toMatchObject({ code: 'unavailable', retryAfter: 1 });
    release();
    expect(await Promise.all(taken)).toEqual([1, 2]);
  });
});
