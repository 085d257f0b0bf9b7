import { readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { currentVersion, pointTo } from '../../src/home/versions.ts';
import { type Served, type ServeOptions, serve } from '../../src/serve.ts';
import { newHome, publishSmall } from '../support/small-bundle.ts';
import { anime, CATALOGUE } from '../support/small-catalogue.ts';

let home: string;
let lines: string[];
const running: Served[] = [];

beforeEach(async () => {
  home = await newHome();
  lines = [];
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((served) => served.close()));
  await rm(home, { recursive: true, force: true });
});

async function start(options: Partial<ServeOptions> = {}): Promise<Served> {
  const logger = {
    info: (line: string) => void lines.push(line),
    error: (line: string) => void lines.push(`ERROR ${line}`),
  };
  const served = await serve({
    home,
    host: '127.0.0.1',
    port: 0,
    logger,
    pollMs: 20,
    page: null,
    ...options,
  });
  running.push(served);
  return served;
}

async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; ) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`It did not happen; the log says:\n${lines.join('\n')}`);
}

const versionAt = async (url: string) =>
  ((await (await fetch(`${url}/readyz`)).json()) as { bundle?: string }).bundle;
const renamed = [anime({ animeId: 0, title: 'Renamed' }), ...CATALOGUE.slice(1)];

describe('serve()', () => {
  it('answers from the current bundle and closes when aborted', async () => {
    const { version } = await publishSmall(home);
    const stop = new AbortController();
    const { url, closed } = await start({ signal: stop.signal });
    expect(await versionAt(url)).toBe(version);
    expect(lines[0]).toMatch(/10 titles, 3 people.*synthetic people/);
    stop.abort();
    await closed;
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  });

  // Linux answers at all of 127.0.0.0/8.
  it.runIf(process.platform === 'linux')('serves metrics at an address of their own', async () => {
    await publishSmall(home);
    const { url, metricsUrl } = await start({ metricsPort: 0, metricsHost: '127.0.0.2' });
    expect(new URL(metricsUrl!).hostname).toBe('127.0.0.2');
    expect(await (await fetch(metricsUrl!)).text()).toContain('osusume_bundle');
    await expect(fetch(metricsUrl!.replace('127.0.0.2', '127.0.0.1'))).rejects.toThrow();
    await expect(fetch(url.replace('127.0.0.1', '127.0.0.2'))).rejects.toThrow();
    const nowhere = start({ metricsPort: 0, metricsHost: '192.0.2.1' });
    await expect(nowhere).rejects.toThrow(
      /no such address. Choose another with OSUSUME_METRICS_HOST/,
    );
  });

  it('runs without a bundle, and takes the first one that appears', async () => {
    const { url } = await start();
    const early = await fetch(`${url}/readyz`);
    expect(early.status).toBe(503);
    expect(early.headers.get('retry-after')).toBe('2');
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    const { version } = await publishSmall(home);
    await until(async () => (await versionAt(url)) === version);
  });

  it('starts with an older bundle when the current one is damaged, says so, and goes back once it is repaired', async () => {
    const older = await publishSmall(home);
    const { folder, version } = await publishSmall(home, renamed);
    const path = join(folder, 'slim.safetensors');
    const sound = await readFile(path);
    await truncate(path, 50);
    const { url } = await start();
    const ready = await fetch(`${url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([
      200,
      {
        status: 'ready',
        bundle: older.version,
        fallback: true,
        detail: expect.stringContaining(`The current bundle ${version} cannot be used`),
      },
    ]);
    expect(lines.join('\n')).toMatch(
      new RegExp(`ERROR Bundle ${older.version} is served INSTEAD.*slim\\.safetensors`),
    );
    expect(await currentVersion(home, 'bundle')).toBe(version);
    await writeFile(path, sound);
    await until(async () => (await versionAt(url)) === version);
    expect(await (await fetch(`${url}/readyz`)).json()).toMatchObject({ fallback: false });
  });

  it('runs without a sound bundle, is not ready, and takes the first sound one', async () => {
    const { folder } = await publishSmall(home);
    await truncate(join(folder, 'slim.safetensors'), 50);
    const { url } = await start();
    const answer = await fetch(`${url}/readyz`);
    expect([answer.status, (await answer.json()) as object]).toEqual([
      503,
      expect.objectContaining({ detail: expect.stringContaining('None of the bundles') }),
    ]);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect(lines.join('\n')).toMatch(/slim\.safetensors/);
    expect(lines.join('\n')).toMatch(/No bundle in .* can be used.*osusume publish/);
    const { version } = await publishSmall(home);
    await until(async () => (await versionAt(url)) === version);
  });

  it('takes the newest sound bundle when the pointer is lost, and mends the pointer', async () => {
    await publishSmall(home);
    const { version } = await publishSmall(home, renamed);
    await rm(join(home, 'bundle', 'current'));
    const { url } = await start();
    expect(await versionAt(url)).toBe(version);
    expect(await currentVersion(home, 'bundle')).toBe(version);
    expect(lines[0]).toMatch(/current is missing: .*newest sound version/);
    // While it serves, it keeps what it has.
    await writeFile(join(home, 'bundle', 'current'), 'garbage!');
    await until(() => lines.some((line) => line.includes('which is not a version')));
    expect(await versionAt(url)).toBe(version);
  });

  it('refuses a list that was damaged while serving, and no other', async () => {
    const { folder } = await publishSmall(home);
    const { url } = await start();
    const path = join(folder, 'people.safetensors');
    const bytes = await readFile(path);
    bytes[bytes.length - 1] ^= 1;
    await writeFile(path, bytes);
    const list = await fetch(`${url}/api/users/11880`);
    expect(list.status).toBe(503);
    const { detail } = (await list.json()) as { detail: string };
    expect(detail).toMatch(/damaged on the disk/);
    expect(detail).not.toMatch(/people|\//);
    await fetch(`${url}/api/users/11880/recommendations`);
    expect(
      lines.filter((line) => /ERROR .*people\.safetensors is damaged/.test(line)),
    ).toHaveLength(1);
    expect((await fetch(`${url}/api/anime/0`)).status).toBe(200);
  });

  it('swaps in a new bundle, and goes back when `current` does', async () => {
    const first = await publishSmall(home);
    const { url } = await start();
    const title = async () =>
      ((await (await fetch(`${url}/api/anime/0`)).json()) as { title: string }).title;
    expect(await title()).toBe('Known');
    const second = await publishSmall(home, renamed);
    await until(async () => (await versionAt(url)) === second.version);
    expect(await title()).toBe('Renamed');
    await pointTo(home, 'bundle', first.version);
    await until(async () => (await versionAt(url)) === first.version);
    expect(await title()).toBe('Known');
  });

  it('refuses a damaged new bundle with one line, keeps the old one, and takes the next good one', async () => {
    const first = await publishSmall(home);
    const { url } = await start();
    // Published and damaged between two looks: the pointer names what is broken.
    const second = await publishSmall(home, renamed);
    await until(async () => (await versionAt(url)) === second.version);
    await truncate(join(first.folder, 'people.safetensors'), 10);
    await pointTo(home, 'bundle', first.version);
    await until(() => lines.some((line) => line.startsWith('ERROR')));
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(lines.filter((line) => line.startsWith('ERROR'))).toHaveLength(1);
    expect(lines.at(-1)).toMatch(/refused.*stays in use.*people\.safetensors/);
    expect(await versionAt(url)).toBe(second.version);
    await pointTo(home, 'bundle', 'no-such-version');
    await until(() => lines.filter((line) => line.startsWith('ERROR')).length === 2);
    const third = await publishSmall(home);
    await until(async () => (await versionAt(url)) === third.version);
  });

  it('answers every request while bundles are swapped under it', async () => {
    await publishSmall(home);
    const { url } = await start();
    const { version: last } = await publishSmall(home, renamed);
    const statuses = new Set<number>();
    const versions = new Set<string>();
    await until(async () => {
      const answers = await Promise.all(
        [0, 1, 2, 3].map(() => fetch(`${url}/api/users/11880/recommendations`)),
      );
      for (const answer of answers) {
        statuses.add(answer.status);
        versions.add(((await answer.json()) as { bundle: string }).bundle);
      }
      return versions.has(last);
    });
    expect([...statuses]).toEqual([200]);
  });

  it('says so when the port is taken or the address is not ours', async () => {
    await publishSmall(home);
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as { port: number };
    await expect(start({ port })).rejects.toThrow(/port is taken.*--port/);
    other.close();
    await expect(start({ host: '203.0.113.7' })).rejects.toThrow(/--host/);
  });

  it('closes although a browser holds a connection on which it has asked nothing', async () => {
    const served = await start();
    const socket = connect(Number(new URL(served.url).port), '127.0.0.1');
    await new Promise((resolve) => socket.once('connect', resolve));
    let received = '';
    socket.on('data', (data) => {
      received += data;
    });
    const ended = new Promise((resolve) => socket.once('close', resolve));
    await Promise.all([served.close(), ended]);
    // Node itself would wait a minute for a request and then answer 408.
    expect(received).toBe('');
  });

  it('finishes a request that runs when it closes, and may be closed twice', async () => {
    await publishSmall(home);
    const served = await start();
    const body = '{"ratings":[{"animeId":0}]}';
    const head = `POST /api/recommendations HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
    const socket = connect(Number(new URL(served.url).port), '127.0.0.1');
    let answer = '';
    socket.on('data', (data) => {
      answer += data;
    });
    const ended = new Promise((resolve) => socket.once('close', resolve));
    socket.write(head + body.slice(0, 5));
    await new Promise((resolve) => setTimeout(resolve, 200));
    const closed = Promise.all([served.close(), served.close()]);
    await new Promise((resolve) => setTimeout(resolve, 100));
    socket.write(body.slice(5));
    await Promise.all([closed, ended]);
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK/);
    expect(answer).toContain('"title":"Loner"');
  });
});
