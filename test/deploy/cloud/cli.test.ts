/** The commands as a person runs them, from the build: upload → pipeline --source --to → serve --from, and a roll-back. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { currentVersion } from '../../../src/home/versions.ts';
import { writeSample } from '../../../src/source/sample/sample.ts';
import { BUCKET, type BucketServer, bucketServer, isMissing } from './bucket-server.ts';

describe.skipIf(isMissing())('commands with gs:// addresses', () => {
  let folder: string;
  let server: BucketServer;
  let serving: ChildProcess | undefined;
  const at = (name: string) => join(folder, name);
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'osusume-cloud-cli-'));
    server = await bucketServer();
    await writeSample(at('sample'), { people: 300 });
  });
  afterAll(async () => {
    serving?.kill('SIGKILL');
    await server?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const begin = (words: readonly string[], environment = {}) => {
    const kept = Object.entries(process.env).filter(([name]) => !/^(OSUSUME_|HOST$)/.test(name));
    return spawn(process.execPath, [resolve('dist/main.js'), ...words], {
      cwd: folder,
      env: {
        ...Object.fromEntries(kept),
        ...{ NODE_ENV: 'production', PORT: '0', OSUSUME_CLOUD_ENDPOINT: server.endpoint },
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  };
  const run = async (...words: string[]) => {
    const child = begin(words);
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    const code = await new Promise((done) => child.once('close', done));
    return { code, output };
  };
  const succeed = async (...words: string[]) => {
    const { code, output } = await run(...words);
    expect(code, output).toBe(0);
    return output;
  };

  it('go from a folder of CSVs to a server that follows the bucket', async () => {
    const ratings = `gs://${BUCKET}/ratings`;
    const models = `gs://${BUCKET}/models`;
    expect(await succeed('upload', 'sample', ratings)).toMatch(/5 files sent to gs:/);
    expect(await succeed('upload', 'sample', ratings)).toMatch(/0 files sent.*5 were the same/);
    await succeed('pipeline', '--source', ratings, '--to', models, '--home', 'train');
    const first = (await currentVersion(at('train'), 'bundle')) as string;
    expect(await server.names()).toContain(`models/bundles/${first}/manifest.json`);

    const child = begin(['serve', '--from', models, '--home', 'serve', '--posters', 'off'], {
      ...{ OSUSUME_FOLLOW_POLL_MS: '200', OSUSUME_FOLLOW_SPREAD_MS: '0' },
    });
    serving = child;
    let output = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    const address = () => /Osusume is at (http:\S+)/.exec(output)?.[1];
    await expect.poll(address, { timeout: 60_000 }).toBeTruthy();
    const version = async () =>
      ((await (await fetch(`${address()}/api/bundle`)).json()) as { version: string }).version;
    expect(await version()).toBe(first);

    expect(await succeed('publish', '--to', models, '--home', 'train')).toMatch(/instead of/);
    const second = (await currentVersion(at('train'), 'bundle')) as string;
    expect(second).not.toBe(first);
    await expect.poll(version).toBe(second);
    await succeed('publish', '--to', models, '--bundle', first, '--home', 'elsewhere');
    await expect.poll(version).toBe(first);

    const ended = new Promise((done) => child.once('close', done));
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  });

  it('refuse what they cannot do, by its name', async () => {
    const wrong = [
      [['upload', 'sample', 'elsewhere'], /"elsewhere" names no bucket/, 2],
      [['publish', '--bundle', 'current'], /--bundle needs --to/, 2],
      [['publish', '--to', 'http://x'], /publish\.to must match pattern|publish\.to/, 2],
      [['serve', '--from', 'bucket'], /serve\.from/, 2],
      [['ingest', '--source', 's3://bucket/set'], /an http\(s\) or gs:\/\/ address/, 1],
    ] as const;
    for (const [words, message, expected] of wrong) {
      const { code, output } = await run(...words);
      expect(output).toMatch(message);
      expect(code).toBe(expected);
    }
  });
});
