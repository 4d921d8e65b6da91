import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { holdFolder } from './hold-folder.ts';
import { placeOfProcesses, startOfProcess } from './identify-process.ts';

const here = placeOfProcesses();
const ownStart = startOfProcess(process.pid);

test.each([
  ['a process that is gone', { pid: 2 ** 30, started: ownStart, place: here }],
  ['a process whose id another has by now', { pid: process.pid, started: 'earlier', place: here }],
  ['a container that is gone', { pid: process.pid, started: ownStart, place: 'elsewhere' }],
])('a folder is not held by what %s left behind', async (_, holder) => {
  const folder = folderHeldBy(holder);
  const hold = await holdFolder(folder, () => {});
  expect(readdirSync(folder)).toHaveLength(1);
  await hold.release();
  expect(readdirSync(folder)).toEqual([]);
});

test('a folder is held by an app in another container for as long as that shows signs of life', async () => {
  const folder = folderHeldBy({ pid: 1, started: 'there', place: 'elsewhere' });
  const alive = setInterval(() => utimesSync(join(folder, 'app-1.lock'), new Date(), new Date()), 200);
  const said: string[] = [];
  await expect(holdFolder(folder, (message) => said.push(message))).rejects.toThrow('process 1 on elsewhere');
  clearInterval(alive);
  expect(said.join()).toContain('another app (elsewhere)');
  expect(readdirSync(folder)).toEqual(['app-1.lock']);
});

test('of many that start at once exactly one gets the folder', async () => {
  const folder = emptyFolder();
  const attempts = await Promise.allSettled(Array.from({ length: 8 }, () => holdFolder(folder, () => {})));
  const [winner, ...others] = attempts.filter((attempt) => attempt.status === 'fulfilled');
  expect(others).toEqual([]);
  expect(readdirSync(folder)).toHaveLength(1);
  await winner?.value.release();
});

function folderHeldBy(holder: { pid: number; started: string | undefined; place: string }): string {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'app-1.lock'), JSON.stringify({ ...holder, command: 'serve', held: true }));
  return folder;
}

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'touchstone-hold-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}
