import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { groupCommit } from './group-commit.ts';

/** As the database refuses a row, by the code of its reason. */
const refusal = (code: string) => Object.assign(new Error('refused'), { code, severity: 'ERROR' });

const two = { batchesAtOnce: 2 };

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

  it('begins a second batch once as many wait as are being written, or a millisecond after the first of them', async () => {
    const batches: number[] = [];
    const releases: (() => void)[] = [];
    const commit = groupCommit(async (items: number[]) => {
      batches.push(items.length);
      await new Promise<void>((resolve) => releases.push(resolve));
      return items;
    }, two);
    const send = (count: number) => Promise.all(Array.from({ length: count }, (_, place) => commit(place)));
    const turn = () => new Promise(setImmediate);
    const sent = [send(8)];
    await turn();
    sent.push(send(5));
    await turn();
    expect(batches).toEqual([8]);
    sent.push(send(3));
    await turn();
    expect(batches).toEqual([8, 8]);
    releases[0]!();
    await sent[0];
    sent.push(send(2));
    await turn();
    expect(batches).toEqual([8, 8]);
    await wait(10);
    expect(batches).toEqual([8, 8, 2]);
    for (const release of releases) release();
    await Promise.all(sent);
  });

  it('writes as many batches at once as it may, and no more', async () => {
    let writing = 0;
    let most = 0;
    const commit = groupCommit(async (items: number[]) => {
      writing += 1;
      most = Math.max(most, writing);
      await wait(3);
      writing -= 1;
      return items;
    }, two);
    const waves = Array.from({ length: 20 }, async (_, wave) => {
      await wait(wave);
      return Promise.all(Array.from({ length: 10 }, (_, place) => commit(place)));
    });
    await Promise.all(waves);
    expect(most).toBe(2);
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
