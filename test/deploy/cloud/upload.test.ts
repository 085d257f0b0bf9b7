/** `osusume upload`: data sets and bundles, to a real server of the protocol behind a proxy that fails as networks do. */
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type UploadOptions, uploadFolder } from '../../../src/cloud/upload-folder.ts';
import { InterruptedError, UsageError } from '../../../src/error.ts';
import { NO_PROGRESS, type Progress } from '../../../src/progress.ts';
import { publishSmall } from '../../support/small-bundle.ts';
import { BUCKET, type BucketServer, bucketServer, isMissing } from './bucket-server.ts';
import type { Passing } from './faulty-proxy.ts';

const MEBIBYTE = 1 << 20;
const LARGE = 20 * MEBIBYTE;

describe.skipIf(isMissing())('uploadFolder()', () => {
  let root: string;
  let home: string;
  let folder: string;
  let server: BucketServer;
  let notes: string[];
  let progress: Progress;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'osusume-upload-'));
    server = await bucketServer();
  });
  afterAll(async () => {
    await server?.close();
    await rm(root, { recursive: true, force: true });
  });
  beforeEach(async () => {
    home = await mkdtemp(join(root, 'home-'));
    folder = join(home, 'data');
    await mkdir(folder);
    await writeFile(join(folder, 'anime.csv'), 'MAL_ID,Name\n1,One\n');
    await writeFile(join(folder, 'SYNTHETIC.md'), 'nobody');
    await writeFile(join(folder, 'notes.txt'), 'not for others');
    notes = [];
    progress = { ...NO_PROGRESS, note: (line) => void notes.push(line) };
    server.proxy.play(() => null);
    await server.clear();
  });

  const upload = (options: Partial<UploadOptions> = {}) =>
    uploadFolder({
      ...{
        home,
        folder,
        to: `gs://${BUCKET}/set/`,
        cloud: { endpoint: server.endpoint },
        progress,
      },
      ...{ alsoNamed: ['SYNTHETIC.md'], sleep: async () => {}, random: () => 0.5 },
      ...options,
    });
  const writeLarge = async () => {
    const content = randomBytes(LARGE);
    await writeFile(join(folder, 'animelist.csv'), content);
    return content;
  };
  const isPart = ({ method, query }: Passing) => method === 'PUT' && query.has('upload_id');
  const parts = () =>
    server.proxy.seen.filter(isPart).map(({ headers }) => headers['content-range']);
  const sessions = () =>
    server.proxy.seen.filter(
      ({ method, query }) => method === 'POST' && query.get('uploadType') === 'resumable',
    );

  it('puts the files of a data set there, and nothing else', async () => {
    const { sent, skipped, address } = await upload();
    expect({ sent, skipped, address }).toEqual({
      ...{ sent: ['anime.csv', 'SYNTHETIC.md'], skipped: [], address: `gs://${BUCKET}/set` },
    });
    expect(await server.names()).toEqual(['set/SYNTHETIC.md', 'set/anime.csv']);
    expect(String(await server.get('set/anime.csv'))).toContain('1,One');
  });

  it('skips what is the same, and replaces what has changed', async () => {
    await upload();
    expect(await upload()).toMatchObject({ sent: [], skipped: ['anime.csv', 'SYNTHETIC.md'] });
    // as long as before
    await writeFile(join(folder, 'anime.csv'), 'MAL_ID,Name\n1,Two\n');
    expect(await upload()).toMatchObject({ sent: ['anime.csv'], skipped: ['SYNTHETIC.md'] });
    expect(String(await server.get('set/anime.csv'))).toContain('1,Two');
  });

  it('sends a large file in parts, and the part that was cut once more', async () => {
    const content = await writeLarge();
    let count = 0;
    server.proxy.play((passing) =>
      isPart(passing) && ++count === 2 ? { cutRequestAfter: MEBIBYTE } : null,
    );
    await upload();
    expect((await server.get('set/animelist.csv')).equals(content)).toBe(true);
    const second = `bytes ${8 * MEBIBYTE}-${16 * MEBIBYTE - 1}/${LARGE}`;
    expect(parts().slice(1, 3)).toEqual([second, second]);
    expect(sessions()).toHaveLength(1);
    expect(notes.join()).toMatch(/Sending was interrupted/);
    expect(await readdir(join(home, 'uploads'))).toEqual([]);
  });

  it('goes on in a later run where an earlier one stopped', async () => {
    const content = await writeLarge();
    let count = 0;
    server.proxy.play((passing) =>
      isPart(passing) && ++count >= 2 ? { cutRequestAfter: MEBIBYTE } : null,
    );
    await expect(upload({ attempts: 2 })).rejects.toThrow(/what has been transferred is kept/);
    const [session] = await readdir(join(home, 'uploads'));
    expect((await stat(join(home, 'uploads', session))).mode & 0o777).toBe(0o600);
    server.proxy.play(() => null);
    await upload();
    expect(sessions()).toHaveLength(0);
    expect(parts()[0]).toBe(`bytes ${8 * MEBIBYTE}-${16 * MEBIBYTE - 1}/${LARGE}`);
    expect((await server.get('set/animelist.csv')).equals(content)).toBe(true);
    expect(await readdir(join(home, 'uploads'))).toEqual([]);
  });

  it('begins again when the store has forgotten the upload', async () => {
    const content = await writeLarge();
    let count = 0;
    server.proxy.play((passing) => (isPart(passing) && ++count === 2 ? { status: 410 } : null));
    await upload();
    expect(sessions()).toHaveLength(2);
    expect((await server.get('set/animelist.csv')).equals(content)).toBe(true);
  });

  it('can be interrupted', async () => {
    await writeLarge();
    const controller = new AbortController();
    const update = (bytes: number) => {
      if (bytes > 9 * MEBIBYTE && sessions().length > 0) controller.abort();
    };
    const work = upload({ signal: controller.signal, progress: { ...progress, update } });
    await expect(work).rejects.toThrow(InterruptedError);
    await upload();
    expect(await server.names()).toContain('set/animelist.csv');
  });

  it('says which role is missing, and what is wrong with folder or address', async () => {
    server.proxy.play(({ method }) => (method === 'GET' ? null : { status: 403 }));
    await expect(upload()).rejects.toThrow(/answered 403.*roles\/storage\.objectUser/);
    await expect(upload({ folder: join(home, 'none') })).rejects.toThrow(/There is no/);
    await expect(upload({ folder: join(folder, 'anime.csv') })).rejects.toThrow(/is a file/);
    await expect(upload({ to: 's3://bucket/set' })).rejects.toThrow(UsageError);
    await rm(join(folder, 'anime.csv'));
    await expect(upload()).rejects.toThrow(/has no \.csv, \.csv\.gz or \.zip/);
  });

  it('puts a bundle in its place without putting it in use', async () => {
    const { folder: bundle, version, manifest } = await publishSmall(home);
    const { address, sent } = await upload({ folder: bundle });
    expect(address).toBe(`gs://${BUCKET}/set/bundles/${version}`);
    expect([...sent].sort()).toEqual([...Object.keys(manifest.files), 'manifest.json'].sort());
    expect(await server.names()).not.toContain('set/bundles/current');
    await writeFile(join(bundle, 'catalogue.json'), 'damaged');
    await expect(upload({ folder: bundle })).rejects.toThrow(/catalogue\.json has 7 bytes/);
    const stored = await server.get(`set/bundles/${version}/manifest.json`);
    expect(stored).toEqual(await readFile(join(bundle, 'manifest.json')));
  });
});
