import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LockedError, requireLock, withLock } from '../../../src/home/lock.ts';
import { ageFile, writeLockFile } from '../../support/lock-file.ts';

const DEAD = 999_999_999;
let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'osusume-lock-'));
  path = join(folder, 'stage');
});
afterEach(() => rm(folder, { recursive: true }));

const take = (doing = 'osusume train') => withLock(path, { doing }, async () => doing);

const heldBy = (holder: object, seconds = 0) => writeLockFile(`${path}.1`, holder, seconds);

describe('withLock()', () => {
  it('refuses a second caller while the first works, and lets it in afterwards', async () => {
    await withLock(path, { doing: 'osusume train' }, async () => {
      // Not inside the first call's context: a caller of its own.
      expect(await readdir(folder)).toEqual(['stage.1']);
    });
    let finish = () => {};
    const working = withLock(
      path,
      { doing: 'osusume train' },
      () => new Promise<void>((resolve) => (finish = resolve)),
    );
    await expect.poll(() => readdir(folder)).toContain('stage.1');
    const second = take('osusume ingest');
    await expect(second).rejects.toThrow(LockedError);
    await expect(second).rejects.toThrow(
      `Cannot start "osusume ingest": process ${process.pid} on ${hostname()} has been running "osusume train" since 20`,
    );
    finish();
    await working;
    expect(await take()).toBe('osusume train');
    expect(await readdir(folder)).toEqual([]);
  });

  it('lets a call inside the work take the same lock again', async () => {
    expect(await withLock(path, { doing: 'osusume pipeline' }, () => take())).toBe('osusume train');
    expect(await readdir(folder)).toEqual([]);
  });

  it('lets exactly one of many callers in that start at the same moment, also over a stale lock', async () => {
    for (const stale of [false, true]) {
      if (stale) await heldBy({ pid: DEAD });
      let working = 0;
      const work = async () => {
        expect(++working).toBe(1);
        await new Promise((resolve) => setTimeout(resolve, 100));
        working--;
      };
      const outcomes = await Promise.allSettled(
        Array.from({ length: 20 }, (_, n) => withLock(path, { doing: `caller ${n}` }, work)),
      );
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await readdir(folder)).toEqual([]);
    }
  });

  it('waits for its turn when asked to, and says for whom', async () => {
    const order: string[] = [];
    const said: string[] = [];
    await Promise.all(
      ['a', 'b', 'c'].map((doing) =>
        withLock(path, { doing, wait: true, onWait: (line) => said.push(line) }, async () => {
          order.push(`${doing} begins`);
          await new Promise((resolve) => setTimeout(resolve, 20));
          order.push(`${doing} ends`);
        }),
      ),
    );
    for (let n = 0; n < order.length; n += 2)
      expect(order[n + 1]).toBe(order[n].replace('begins', 'ends'));
    expect(said).toHaveLength(2);
  });

  it('stops waiting when it is interrupted', async () => {
    await heldBy({});
    const stop = new AbortController();
    const waiting = withLock(path, { doing: 'a', wait: true, signal: stop.signal }, async () => 1);
    stop.abort();
    await expect(waiting).rejects.toThrow(/Interrupted while waiting/);
  });

  it('releases the lock when the work fails', async () => {
    const failing = withLock(path, { doing: 'a' }, () => Promise.reject(new Error('no network')));
    await expect(failing).rejects.toThrow('no network');
    expect(await readdir(folder)).toEqual([]);
  });

  it('respects a living process of this place, and takes over from a killed one', async () => {
    await heldBy({});
    await expect(take()).rejects.toThrow(`process ${process.ppid} on`);
    await heldBy({ pid: DEAD });
    expect(await take()).toBe('osusume train');
    expect(await readdir(folder)).toEqual([]);
  });

  it('takes over from a killed process whose id is used again', async () => {
    await heldBy({ start: 'an earlier one' });
    expect(await take()).toBe('osusume train');
    // also by this very process, as in a container
    await heldBy({ pid: process.pid, start: 'an earlier one' });
    expect(await take()).toBe('osusume train');
  });

  it('takes over from another host or container only after half a minute of silence', async () => {
    await heldBy({ place: 'elsewhere', host: 'other-host' });
    await expect(take()).rejects.toThrow(/on other-host has been running "osusume pipeline"/);
    await heldBy({ place: 'elsewhere', pid: process.ppid }, 60);
    expect(await take()).toBe('osusume train');
  });

  it('takes an empty or garbage lock file for a living one, until it is old', async () => {
    for (const content of ['', 'garbage', '{"pid":"x"}', 'null']) {
      await writeFile(`${path}.1`, content);
      await expect(take()).rejects.toThrow(/cannot be read yet/);
      await ageFile(`${path}.1`, 60);
      expect(await take()).toBe('osusume train');
      expect(await readdir(folder)).toEqual([]);
    }
  });
});

describe('requireLock()', () => {
  it('throws once another process has taken over', async () => {
    await withLock(path, { doing: 'osusume publish' }, async () => {
      await requireLock(path);
      await heldBy({});
      await expect(requireLock(path)).rejects.toThrow(/was lost/);
    });
    // It is not ours any more, so it stays.
    expect(await readdir(folder)).toEqual(['stage.1']);
  });
});
