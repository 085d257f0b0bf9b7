/** `osusume drift` against running servers, and against what one has counted. */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drift } from '../../../src/drift.ts';
import { OsusumeError, UsageError } from '../../../src/error.ts';
import { type Served, serve } from '../../../src/serve.ts';
import { isSelfContained } from '../../support/self-contained.ts';
import { newHome, publishSmall } from '../../support/small-bundle.ts';

const KEY = 'a-key-for-the-operators';
const logger = { info() {}, error() {} };

let home: string;
let folder: string;
let servers: Served[];

beforeAll(async () => {
  home = await newHome();
  folder = await mkdtemp(join(tmpdir(), 'osusume-drift-'));
  await publishSmall(home);
  const options = { home, host: '127.0.0.1', port: 0, page: null, adminKey: KEY, logger };
  servers = [await serve(options), await serve(options)];
  for (const { url } of servers)
    for (let n = 0; n < 5; n++)
      await fetch(`${url}/api/recommendations`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ratings: [{ animeId: 10 * n }] }),
      });
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()));
  await rm(home, { recursive: true });
  await rm(folder, { recursive: true });
});

const urls = () => servers.map(({ url }) => url);

describe('drift()', () => {
  it('adds what servers counted, and writes a report and what it is made from', async () => {
    const save = join(folder, 'traffic.json');
    const found = await drift({ home, servers: urls(), key: KEY, save });
    expect(found.path).toBe(join(home, 'drift.html'));
    expect(found.drift.lists).toEqual({ asked: 10, recommended: 10 });
    expect(found.drift.dimensions).toHaveLength(5);
    const html = await readFile(found.path, 'utf8');
    expect(isSelfContained(html)).toBe(true);
    for (const words of ['Population stability', 'length of the list', 'too few', 'Recommended'])
      expect(html).toContain(words);
    expect((await stat(found.path)).mode & 0o077).toBe(0);
    const again = await drift({ home, servers: [], key: null, files: [save] });
    expect(again.drift).toEqual(found.drift);
    const twice = await drift({ home, servers: [], key: null, files: [save, save] });
    expect(twice.drift.lists.asked).toBe(20);
  });

  it('writes the report where it is told to, and makes the home where there is none', async () => {
    const elsewhere = join(folder, 'new-home');
    await drift({ home: elsewhere, servers: urls(), key: KEY, out: join(folder, 'a.html') });
    expect(existsSync(join(folder, 'a.html'))).toBe(true);
    expect(existsSync(elsewhere)).toBe(false);
    await drift({ home: elsewhere, servers: urls(), key: KEY });
    expect(existsSync(join(elsewhere, 'drift.html'))).toBe(true);
  });

  const failing = (options: Partial<Parameters<typeof drift>[0]>) =>
    drift({ home, servers: urls(), key: KEY, ...options }).then(
      () => null,
      (error: Error) => error,
    );

  it('says what is missing or wrong, without the key', async () => {
    expect(await failing({ key: null })).toBeInstanceOf(UsageError);
    const refused = await failing({ key: 'another-key-of-somebody' });
    expect(refused).toBeInstanceOf(OsusumeError);
    expect(refused?.message).toMatch(/^What http:\S+ counted cannot be read: /);
    expect(refused?.message).not.toContain('another-key');
    expect((await failing({ servers: ['http://127.0.0.1:1'] }))?.message).toMatch(/did not answer/);
    for (const address of ['osusume.example', 'file:///etc', 'http://me:secret@osusume.example']) {
      const wrong = await failing({ servers: [address] });
      expect(wrong).toBeInstanceOf(UsageError);
      expect(wrong?.message).not.toContain('secret');
    }
  });

  it('refuses a file that is none of its own', async () => {
    const path = join(folder, 'other.json');
    for (const content of ['', '{}', '{"bundle":"v1"}', '[1]', 'null']) {
      await writeFile(path, content);
      const error = await failing({ servers: [], files: [path] });
      expect(error, content).toBeInstanceOf(OsusumeError);
      expect(error?.message).toContain(path);
    }
    expect((await failing({ servers: [], files: [join(folder, 'none')] }))?.message).toMatch(
      /none/,
    );
  });
});
