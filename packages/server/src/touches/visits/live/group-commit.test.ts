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

  it('waits a millisecond for as many as came together before, and then for no more', async () => {
    const batches: number[] = [];
    const commit = groupCommit(async (items: number[]) => {
      batches.push(items.length);
      return items;
    });
    const send = (count: number) => Promise.all(Array.from({ length: count }, (_, place) => commit(place)));
    await send(8);
    const early = send(5);
    await new Promise(setImmediate);
    expect(batches).toEqual([8]);
    await Promise.all([early, send(3)]);
    expect(batches).toEqual([8, 8]);
    await send(1);
    expect(batches).toEqual([8, 8, 1]);
  });

  it('lets an item wait for what it was promised, and nobody else', async () => {
    let keep = () => {};
    const promised = new Promise<number>((resolve) => {
      keep = () => resolve(0);
    });
    const commit = groupCommit(async (items: number[]) =>
      items.map((item) => (item === 1 ? promised : item)),
    );
    const [late, soon] = [commit(1), commit(2)];
    expect(await soon).toBe(2);
    expect(await commit(3)).toBe(3);
    keep();
    expect(await late).toBe(0);
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
