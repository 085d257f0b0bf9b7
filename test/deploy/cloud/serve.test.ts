/** `osusume serve --from`: the newest bundle of a bucket is served, a new one is taken up, and a bad one is not. */
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BundleFollower, type FollowOptions } from '../../../src/cloud/bundle-follower.ts';
import { pushBundle } from '../../../src/cloud/push-bundle.ts';
import type { WriteOptions } from '../../../src/home/artefact.ts';
import { openSigningKey } from '../../../src/home/signature.ts';
import { currentVersion } from '../../../src/home/versions.ts';
import { type Served, type ServeOptions, serve } from '../../../src/serve.ts';
import { signingKeys } from '../../support/signing-keys.ts';
import { publishSmall } from '../../support/small-bundle.ts';
import { BUCKET, type BucketServer, bucketServer, isMissing } from './bucket-server.ts';

const from = `gs://${BUCKET}/anime`;
const bundles = 'anime/bundles';

describe.skipIf(isMissing())('serving from cloud storage', () => {
  let root: string;
  /** of whoever publishes */
  let workshop: string;
  let home: string;
  let server: BucketServer;
  let lines: string[];
  const running: Served[] = [];
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'osusume-serve-from-'));
    server = await bucketServer();
  });
  afterAll(async () => {
    await server?.close();
    await rm(root, { recursive: true, force: true });
  });
  beforeEach(async () => {
    workshop = await mkdtemp(join(root, 'workshop-'));
    home = await mkdtemp(join(root, 'home-'));
    lines = [];
    server.proxy.play(() => null);
    await server.clear();
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((served) => served.close()));
  });

  const cloud = () => ({ endpoint: server.endpoint, idleMs: 5_000 });
  const take = (line: string) => void lines.push(line);
  const start = async (options: Partial<ServeOptions> = {}): Promise<string> => {
    const at = { home, host: '127.0.0.1', port: 0, page: null, pollMs: 20, followPollMs: 100 };
    const logger = { info: take, error: take };
    const served = await serve({ ...at, from, cloud: cloud(), logger, ...options });
    running.push(served);
    return served.url;
  };
  const publish = async (options?: WriteOptions): Promise<string> => {
    const { version } = await publishSmall(workshop, undefined, { keep: 9, ...options });
    await pushBundle({ home: workshop, to: from, version, cloud: cloud() });
    return version;
  };
  const versionAt = async (url: string) => {
    const response = await fetch(`${url}/api/bundle`);
    return response.ok ? ((await response.json()) as { version: string }).version : null;
  };
  const serves = (url: string, version: string) => expect.poll(() => versionAt(url)).toBe(version);
  const said = (words: RegExp) =>
    expect
      .poll(() => lines.some((line) => words.test(line)), { message: lines.join('\n') })
      .toBe(true);
  const downloads = () => server.proxy.seen.filter(({ query }) => query.get('alt') === 'media');

  it('starts from the newest, whatever the home has, and keeps it for the owner alone', async () => {
    await publishSmall(home);
    await publish();
    const version = await publish();
    const url = await start();
    expect(await versionAt(url)).toBe(version);
    const folder = join(home, 'bundle', version);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    for (const name of await readdir(folder))
      expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
    expect((await readdir(join(home, 'bundle'))).filter((name) => name.startsWith('.'))).toEqual(
      [],
    );
  });

  it('takes up each new one while it serves, and a roll-back too', async () => {
    const first = await publish();
    const url = await start();
    await serves(url, first);
    const second = await publish();
    await serves(url, second);
    server.proxy.play(() => null);
    await pushBundle({ home: workshop, to: from, version: first, cloud: cloud() });
    await serves(url, first);
    // it was still in the home
    expect(downloads().every(({ path }) => path.endsWith('/current'))).toBe(true);
  });

  it('waits for the first one, and is not ready meanwhile', async () => {
    const url = await start();
    expect((await fetch(`${url}/readyz`)).status).toBe(503);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect(lines).toContain(`No bundle in ${from} yet: waiting for the first one`);
    const version = await publish();
    await serves(url, version);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  });

  it('keeps the old one when a new one is damaged', async () => {
    const old = await publish();
    const url = await start();
    await serves(url, old);
    const { version, manifest } = await publishSmall(workshop, undefined, { keep: 9 });
    const { bytes } = manifest.files['catalogue.json'];
    server.proxy.play(({ method, query }) =>
      method === 'POST' && query.get('name')?.endsWith('/current')
        ? { before: () => server.put(`${bundles}/${version}/catalogue.json`, ' '.repeat(bytes)) }
        : null,
    );
    await pushBundle({ home: workshop, to: from, version, cloud: cloud() });
    await said(/is refused, the one in use stays: .*catalogue\.json is damaged: its SHA-256 is/);
    expect(await versionAt(url)).toBe(old);
    expect(await currentVersion(home, 'bundle')).toBe(old);
    expect(await readdir(join(home, 'bundle'))).not.toContain(`.download-${version}`);
    const next = await publish();
    await serves(url, next);
  });

  it('keeps the old one when a new one is half there, and says once what is missing', async () => {
    const old = await publish();
    const url = await start();
    await serves(url, old);
    const { version } = await publishSmall(workshop, undefined, { keep: 9 });
    server.proxy.play(({ method, query }) =>
      method === 'POST' && query.get('name')?.endsWith('/current')
        ? { before: () => server.remove(`${bundles}/${version}/people.safetensors`) }
        : null,
    );
    await pushBundle({ home: workshop, to: from, version, cloud: cloud() });
    await said(/is not whole, the one in use stays: .*people\.safetensors is not there/);
    const looks = server.proxy.seen.length;
    await expect.poll(() => server.proxy.seen.length).toBeGreaterThan(looks + 4);
    expect(lines.filter((line) => line.includes('is not whole'))).toHaveLength(1);
    expect(await versionAt(url)).toBe(old);
  });

  it('serves what the home has while the bucket cannot be read, and says when it can again', async () => {
    const { version: own } = await publishSmall(home);
    server.proxy.play(() => ({ status: 403 }));
    const url = await start();
    expect(await versionAt(url)).toBe(own);
    expect(lines.join('\n')).toMatch(/Following gs:.*roles\/storage\.objectViewer.*in use stays/);
    expect(lines.join('\n')).not.toContain('SECRET');
    const version = await publishSmall(workshop).then(({ version }) => version);
    server.proxy.play(() => null);
    await said(/can be read again/);
    await pushBundle({ home: workshop, to: from, version, cloud: cloud() });
    await serves(url, version);
  });

  it('resumes a download that was cut', async () => {
    const version = await publish();
    let count = 0;
    server.proxy.play(({ path, query }) =>
      query.get('alt') === 'media' && path.endsWith('catalogue.json') && ++count === 1
        ? { cutAnswerAfter: 100 }
        : null,
    );
    const url = await start();
    await serves(url, version);
    const ranges = downloads()
      .filter(({ path }) => path.endsWith('catalogue.json'))
      .map(({ headers }) => headers.range);
    expect(ranges).toEqual([undefined, 'bytes=100-']);
  });

  it('takes only what a trusted key has signed, and fetches nothing else', async () => {
    const keys = await signingKeys(root);
    const sign = await openSigningKey(keys.privateKey, () => {});
    const signed = await publish({ sign });
    const url = await start({ trust: [keys.publicKey] });
    await serves(url, signed);
    server.proxy.play(() => null);
    const unsigned = await publish();
    await said(/is refused, the one in use stays: .*is not signed/);
    const other = await signingKeys(root, 'other');
    const foreign = await publish({ sign: await openSigningKey(other.privateKey, () => {}) });
    await said(/is refused, the one in use stays: .*tampered with/);
    expect(downloads().some(({ path }) => path.endsWith('.safetensors'))).toBe(false);
    expect(await versionAt(url)).toBe(signed);
    const kept = await readdir(join(home, 'bundle'));
    expect(kept).not.toContain(unsigned);
    expect(kept).not.toContain(foreign);
  });

  it('refuses a manifest that names files of other places, and a pointer that is none', async () => {
    const old = await publish();
    const url = await start();
    await serves(url, old);
    await server.put(`${bundles}/current`, '{"format":1,"version":"../../x","manifest":""}');
    await said(/is not a pointer that this release reads/);
    const { folder, version } = await publishSmall(workshop);
    const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
    manifest.files['../../escaped'] = { bytes: 1, sha256: '0'.repeat(64) };
    const text = JSON.stringify(manifest);
    await server.put(`${bundles}/${version}/manifest.json`, text);
    const sha256 = createHash('sha256').update(text).digest('hex');
    await server.put(
      `${bundles}/current`,
      JSON.stringify({ format: 1, version, manifest: sha256 }),
    );
    await said(/names "\.\.\/\.\.\/escaped", which is not a file of a bundle/);
    expect(await versionAt(url)).toBe(old);
    expect(await readdir(home)).not.toContain('escaped');
  });

  it('is fetched once by two servers that share a home', async () => {
    const version = await publish();
    server.proxy.play(() => null);
    const urls = await Promise.all([start(), start()]);
    for (const url of urls) await serves(url, version);
    expect(downloads().filter(({ path }) => path.endsWith('people.safetensors'))).toHaveLength(1);
  });

  describe('BundleFollower', () => {
    const stop = new AbortController();
    const pauses: number[] = [];
    let now = 0;
    /** looks as often as it is told, with a clock of its own */
    const follower = (looks: number, options: Partial<FollowOptions> = {}) => {
      let left = looks;
      return new BundleFollower({
        ...{ home, from, cloud: cloud(), info: take, error: take, spreadMs: 30_000 },
        ...{ random: () => 0.25, now: () => now },
        sleep: async (milliseconds) => {
          pauses.push(milliseconds);
          now += milliseconds;
          if (milliseconds === 1000 && left-- === 0) throw new Error('stopped');
        },
        ...options,
      });
    };
    beforeEach(() => {
      pauses.length = 0;
      now = 0;
    });

    it('takes up the first bundle at once, and another one after a random part of the spread', async () => {
      const first = await publish();
      const following = follower(1);
      await following.start(stop.signal);
      expect(await currentVersion(home, 'bundle')).toBe(first);
      expect(pauses).toEqual([]);
      const second = await publish();
      await following.run(1000, stop.signal);
      expect(pauses).toEqual([1000, 7500, 1000]);
      expect(lines).toContain(`Bundle ${second} is taken up in 7.5 s`);
      expect(await currentVersion(home, 'bundle')).toBe(second);
    });

    it('takes up the one that is newest after the pause', async () => {
      const following = follower(1, {
        sleep: async (milliseconds) => {
          if (milliseconds === 7500) await publish();
          else if (pauses.push(milliseconds) > 1) throw new Error('stopped');
        },
      });
      await publish();
      await following.run(1000, stop.signal);
      expect(await currentVersion(home, 'bundle')).toBe(await currentVersion(workshop, 'bundle'));
    });

    it('looks again at one that was half there, later and later, until it is whole', async () => {
      const version = await publish();
      const missing = `${bundles}/${version}/catalogue.json`;
      const content = await server.get(missing);
      await server.remove(missing);
      const refused: string[] = [];
      const following = follower(100, { spreadMs: 0, onRefused: () => void refused.push('once') });
      await following.run(1000, stop.signal);
      // at 1 s, 31 s and 91 s; next at 211 s
      const manifests = downloads().filter(({ path }) => path.endsWith('manifest.json'));
      expect(manifests).toHaveLength(3);
      expect(refused).toEqual(['once']);
      await server.put(missing, content);
      now = 211_000;
      await following.start(stop.signal);
      expect(await currentVersion(home, 'bundle')).toBe(version);
    });

    it('fetches again what was damaged in the home', async () => {
      const version = await publish();
      await follower(0).start(stop.signal);
      await rm(join(home, 'bundle', version, 'catalogue.json'));
      await follower(0).start(stop.signal);
      expect(await readdir(join(home, 'bundle', version))).toContain('catalogue.json');
      expect(lines.at(-1)).toContain('has been fetched from');
    });
  });
});
