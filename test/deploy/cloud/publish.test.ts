/** `osusume publish --to`: a bundle into a bucket, its manifest last and the pointer after it. */
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type PushOptions, pushBundle } from '../../../src/cloud/push-bundle.ts';
import { openSigningKey } from '../../../src/home/signature.ts';
import { signingKeys } from '../../support/signing-keys.ts';
import { publishSmall } from '../../support/small-bundle.ts';
import { BUCKET, type BucketServer, bucketServer, isMissing } from './bucket-server.ts';
import type { Passing } from './faulty-proxy.ts';

const to = `gs://${BUCKET}/anime`;
const POINTER = 'anime/bundles/current';

describe.skipIf(isMissing())('pushBundle()', () => {
  let root: string;
  let home: string;
  let server: BucketServer;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'osusume-push-'));
    server = await bucketServer();
  });
  afterAll(async () => {
    await server?.close();
    await rm(root, { recursive: true, force: true });
  });
  beforeEach(async () => {
    home = await mkdtemp(join(root, 'home-'));
    server.proxy.play(() => null);
    await server.clear();
  });

  const push = (version: string, options: Partial<PushOptions> = {}) =>
    pushBundle({
      ...{ home, to, version, cloud: { endpoint: server.endpoint, idleMs: 2000 } },
      ...{ sleep: async () => {}, random: () => 0.5, ...options },
    });
  const pointer = async () =>
    JSON.parse(String(await server.get(POINTER))) as Record<string, unknown>;
  /** names of the objects that are written, in order */
  const written = () =>
    server.proxy.seen
      .filter(({ method }) => method === 'POST')
      .map(({ query }) => query.get('name')?.replace(/^.*\//, ''));
  const writesPointer = ({ method, query }: Passing) =>
    method === 'POST' && query.get('name') === POINTER;

  it('sends the files, then the manifest, then moves the pointer', async () => {
    const { folder, version, manifest } = await publishSmall(home);
    const pushed = await push(version);
    const files = Object.keys(manifest.files);
    expect(pushed).toMatchObject({ version, address: `${to}/bundles/${version}`, before: null });
    expect(written()).toEqual([...files, 'manifest.json', 'current']);
    const bytes = await readFile(join(folder, 'manifest.json'));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(await pointer()).toEqual({ format: 1, version, manifest: sha256 });
    for (const file of files)
      expect((await server.get(`anime/bundles/${version}/${file}`)).length).toBe(
        manifest.files[file].bytes,
      );
    expect(server.proxy.seen.find(writesPointer)?.query.get('ifGenerationMatch')).toBe('0');
  });

  it('sends nothing that is there, and leaves a pointer alone that names it', async () => {
    const { version } = await publishSmall(home);
    await push(version);
    const { generation } = await server.about(POINTER);
    server.proxy.play(() => null);
    expect((await push(version)).sent).toEqual([]);
    expect(written()).toEqual([]);
    expect((await server.about(POINTER)).generation).toBe(generation);
  });

  it('sends the signature of a signed bundle', async () => {
    const { privateKey } = await signingKeys(home);
    const sign = await openSigningKey(privateKey, () => {});
    const { version } = await publishSmall(home, undefined, { sign });
    expect((await push(version)).sent.slice(-2)).toEqual(['manifest.sig', 'manifest.json']);
  });

  it('goes on after a break, and moves the pointer only when all is there', async () => {
    const { version } = await publishSmall(home);
    let count = 0;
    server.proxy.play(({ method }) => (method === 'POST' && ++count > 2 ? { status: 503 } : null));
    await expect(push(version, { attempts: 2 })).rejects.toThrow(/answered 503/);
    expect(await server.names()).not.toContain(POINTER);
    server.proxy.play(() => null);
    expect((await push(version)).sent).not.toContain('bundle.json');
    expect((await pointer()).version).toBe(version);
  });

  it('leaves the pointer alone when somebody else has moved it meanwhile', async () => {
    const { version: theirs } = await publishSmall(home);
    await push(theirs);
    const { version } = await publishSmall(home);
    const before = async () => server.put(POINTER, await server.get(POINTER));
    server.proxy.play((passing) => (writesPointer(passing) ? { before } : null));
    await expect(push(version)).rejects.toThrow(
      new RegExp(`moved by somebody else while ${version} was being sent.*--bundle ${version}`),
    );
    expect((await pointer()).version).toBe(theirs);
    server.proxy.play(() => null);
    expect(await push(version)).toMatchObject({ before: theirs, sent: [] });
    expect((await pointer()).version).toBe(version);
  });

  it('takes its own pointer for its own when the answer was lost', async () => {
    const { version } = await publishSmall(home);
    let count = 0;
    server.proxy.play((passing) =>
      writesPointer(passing) && ++count === 1 ? { cutAnswerAfter: 1 } : null,
    );
    await push(version);
    expect((await pointer()).version).toBe(version);
  });

  it('rolls back to a bundle that is in the bucket only, and refuses one that is nowhere', async () => {
    const { version: old } = await publishSmall(home);
    await push(old);
    const { version } = await publishSmall(home);
    await push(version);
    const elsewhere = await mkdtemp(join(root, 'other-'));
    expect(await push(old, { home: elsewhere })).toMatchObject({ before: version, sent: [] });
    expect((await pointer()).version).toBe(old);
    await expect(push('20260101T000000-abcdef')).rejects.toThrow(/There is no bundle 2026.* in /);
    expect((await pointer()).version).toBe(old);
  });

  it('sends nothing of a bundle that is damaged here', async () => {
    const { folder, version } = await publishSmall(home);
    await rm(join(folder, 'catalogue.json'));
    await expect(push(version)).rejects.toThrow(/catalogue\.json is missing/);
    expect(await server.names()).toEqual([]);
  });
});
