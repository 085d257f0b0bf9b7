/** `--source gs://…`: from a real server of the protocol, with a proxy in front that fails as networks do. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { InterruptedError, OsusumeError } from '../../../src/error.ts';
import { ingest } from '../../../src/ingest.ts';
import { NO_PROGRESS, type Progress } from '../../../src/progress.ts';
import { type FetchCloudOptions, fetchCloudFolder } from '../../../src/source/cloud-folder.ts';
import { writeSample } from '../../../src/source/sample/sample.ts';
import { zipOf } from '../../support/zip-of.ts';
import { BUCKET, type BucketServer, bucketServer, isMissing } from './bucket-server.ts';
import type { Fault, Passing } from './faulty-proxy.ts';

const FILES = ['anime.csv', 'anime_with_synopsis.csv', 'animelist.csv', 'SYNTHETIC.md'];
const source = `gs://${BUCKET}/ratings`;

describe.skipIf(isMissing())('a source in cloud storage', () => {
  let folder: string;
  let local: string;
  let home: string;
  let server: BucketServer;
  let notes: string[];
  let progress: Progress;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'osusume-cloud-source-'));
    local = join(folder, 'sample');
    await writeSample(local, { people: 400 });
    server = await bucketServer();
  });
  afterAll(async () => {
    await server?.close();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    home = await mkdtemp(join(folder, 'home-'));
    notes = [];
    progress = { ...NO_PROGRESS, note: (line) => void notes.push(line) };
    server.proxy.play(() => null);
    await server.clear();
    for (const name of FILES)
      await server.put(`ratings/${name}`, await readFile(join(local, name)));
  });

  const cloud = (idleMs = 1_000) => ({ endpoint: server.endpoint, idleMs });
  const fetchFiles = (options: Partial<FetchCloudOptions> = {}) =>
    fetchCloudFolder(source, {
      ...{ home, progress, cloud: cloud(), sleep: async () => {}, random: () => 0.5 },
      ...options,
    });
  const isRead = ({ path, query }: Passing, name = 'animelist.csv') =>
    query.get('alt') === 'media' && path.endsWith(`/${name}`);
  const reads = (name?: string) => server.proxy.seen.filter((passing) => isRead(passing, name));
  /** Faults of the first requests for the ratings. */
  const playReads = (...faults: Fault[]) => {
    let count = 0;
    server.proxy.play((passing) => (isRead(passing) ? (faults[count++] ?? null) : null));
  };
  const ratingsIn = async ({ paths }: { paths: ReadonlyMap<string, string> }) =>
    readFile(paths.get('animelist.csv')!);
  const failure = (work: Promise<unknown>) =>
    work.then(
      () => Promise.reject(new Error('it did not fail')),
      (error: Error) => error,
    );

  it('gives the same rows as the folder, and shows its progress', async () => {
    const steps: string[] = [];
    const updates: number[] = [];
    const shown: Progress = {
      ...progress,
      step: (label, total, unit) => void steps.push(`${label} ${total} ${unit}`),
      update: (done) => void updates.push(done),
    };
    const far = await ingest({ home, source, cloud: cloud(), progress: shown });
    const near = await ingest({ home: join(folder, 'near'), source: local });
    const rows = ({ artefact }: typeof far) => artefact.manifest.files['interactions.parquet'];
    expect(rows(far)).toEqual(rows(near));
    expect(far.report.source).toEqual({ name: source, synthetic: true });
    const { size } = await stat(join(local, 'animelist.csv'));
    expect(steps).toContain(`fetching ${source}/animelist.csv ${size} bytes`);
    expect(updates).toContain(size);
  });

  it('keeps what it fetched for the owner alone, and does not fetch it again', async () => {
    const fetched = await fetchFiles();
    for (const path of fetched.paths.values()) expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(reads()).toHaveLength(1);
    server.proxy.play(() => null);
    expect(await fetchFiles()).toEqual(fetched);
    expect(server.proxy.seen.filter(({ query }) => query.get('alt') === 'media')).toEqual([]);
    expect(notes.join()).toContain('is the same as when it was fetched before');
    await server.put('ratings/animelist.csv', 'user_id,anime_id,rating\n1,1,9\n');
    expect(String(await ratingsIn(await fetchFiles()))).toContain('1,1,9');
  });

  it('stops the transfer after so many rows, and goes on from there when all are wanted', async () => {
    const header = 'user_id,anime_id,rating,watching_status,watched_episodes\n';
    const rows = Array.from({ length: 2_000_000 }, (_, row) => `${row >> 6},1,7,2,1\n`).join('');
    await server.put('ratings/animelist.csv', header + rows);
    const { report } = await ingest({ home, source, cloud: cloud(), rows: 1000, progress });
    expect(report.files.at(-1)).toMatchObject({ read: 1000, sha256: null });
    const [place] = await readdir(join(home, 'source'));
    const part = join(home, 'source', place, '.animelist.csv.part');
    const { size } = await stat(part);
    expect(size).toBeLessThan((header.length + rows.length) / 4);
    expect(notes.join()).toContain('the first 1000 rows have arrived, the transfer was stopped');
    server.proxy.play(() => null);
    expect((await ratingsIn(await fetchFiles())).length).toBe(header.length + rows.length);
    expect(reads().map(({ headers }) => headers.range)).toEqual([`bytes=${size}-`]);
  });

  it('resumes by range where the connection was cut, again and again', async () => {
    playReads({ cutAnswerAfter: 100_000 }, { cutAnswerAfter: 50_000 });
    expect(await ratingsIn(await fetchFiles())).toEqual(
      await readFile(join(local, 'animelist.csv')),
    );
    const ranges = reads().map(({ headers }) => headers.range);
    expect(ranges).toEqual([undefined, 'bytes=100000-', 'bytes=150000-']);
    expect(notes.join()).toMatch(/interrupted \(Cloud Storage .*\); trying again/);
  });

  it('resumes in a later run from what an interrupted one left', async () => {
    playReads({ cutAnswerAfter: 100_000 });
    const error = await failure(fetchFiles({ attempts: 1 }));
    expect(error).toBeInstanceOf(OsusumeError);
    expect(error.message).toMatch(/^Fetching gs:.*what has been transferred is kept$/);
    server.proxy.play(() => null);
    const { report } = await ingest({ home, source, cloud: cloud() });
    expect(report.rows).toBeGreaterThan(0);
    expect(reads().map(({ headers }) => headers.range)).toEqual(['bytes=100000-']);
  });

  it('starts over when the object is replaced during the transfer', async () => {
    const other = Buffer.from(`user_id,anime_id,rating\n${'7,1,9\n'.repeat(100_000)}`);
    playReads(
      { cutAnswerAfter: 100_000 },
      { before: () => server.put('ratings/animelist.csv', other) },
    );
    expect((await ratingsIn(await fetchFiles())).equals(other)).toBe(true);
    expect(notes.join()).toContain('animelist.csv was replaced while it was being fetched');
  });

  it('starts over when what arrives has another checksum, and gives up when it always has', async () => {
    const alter = (bytes: Buffer) => Buffer.concat([bytes.subarray(0, -1), Buffer.from('!')]);
    playReads({ alter });
    expect(await ratingsIn(await fetchFiles())).toEqual(
      await readFile(join(local, 'animelist.csv')),
    );
    expect(notes.join()).toMatch(/arrived damaged: .*CRC32C .*; starting over/);
    await rm(join(home, 'source'), { recursive: true });
    server.proxy.play((passing) => (isRead(passing) ? { alter } : null));
    expect((await failure(fetchFiles())).message).toMatch(/animelist\.csv arrived damaged/);
    expect(reads()).toHaveLength(4);
  });

  it.each([
    [403, /answered 403: the account may not do that. Give it roles\/storage\.objectViewer/],
    [401, /answered 401: the credentials are not accepted/],
    [404, /answered 404: there is no such bucket or object/],
  ])('says what to do about %i, at once and without what was answered', async (status, words) => {
    server.proxy.play(() => ({ status }));
    const { message } = await failure(fetchFiles());
    expect(message).toMatch(words);
    expect(message).not.toContain('SECRET');
    expect(server.proxy.seen).toHaveLength(1);
  });

  it('tries again when the server is out of order, and gives up in the end', async () => {
    playReads({ status: 503 }, { status: 429 });
    await fetchFiles();
    expect(reads()).toHaveLength(3);
    server.proxy.play(() => ({ status: 503 }));
    expect((await failure(fetchFiles())).message).toMatch(/answered 503. Check the connection/);
    expect(server.proxy.seen).toHaveLength(6);
  });

  it('says when the bucket, the place or the data set is not there', async () => {
    const at = (where: string) =>
      failure(fetchCloudFolder(where, { home, cloud: cloud(), sleep: async () => {} }));
    expect((await at('gs://nobodys-bucket/ratings')).message).toMatch(/there is no such bucket/);
    expect((await at(`gs://${BUCKET}/elsewhere`)).message).toMatch(/^There is nothing in gs:/);
    expect((await at(`${source}/anime.csv`)).message).toMatch(/is one file: give the address/);
    await server.remove('ratings/anime.csv');
    await expect(ingest({ home, source, cloud: cloud() })).rejects.toThrow(/has no anime\.csv/);
  });

  it('waits for a slow server, and breaks off one that has gone silent', async () => {
    playReads({ pauseMs: 5, piece: 1 << 16 });
    await fetchFiles({ cloud: cloud(2000) });
    expect(reads()).toHaveLength(1);
    await rm(join(home, 'source'), { recursive: true });
    playReads({ silent: true });
    await fetchFiles({ cloud: cloud(300) });
    expect(reads()).toHaveLength(2);
  });

  it('can be interrupted, and keeps what has arrived', async () => {
    const controller = new AbortController();
    server.proxy.play(() => ({ pauseMs: 20, piece: 1 << 14 }));
    const update = (bytes: number) => {
      if (bytes > 1 << 15) controller.abort();
    };
    const { signal } = controller;
    const error = await failure(fetchFiles({ signal, progress: { ...progress, update } }));
    expect(error).toBeInstanceOf(InterruptedError);
    server.proxy.play(() => null);
    await fetchFiles();
    expect(reads('anime.csv')[0].headers.range).toMatch(/^bytes=\d+-$/);
  });

  it('reads files that are stored compressed, and archives', async () => {
    await server.clear();
    const packed = new Map(
      await Promise.all(
        FILES.map(async (name) => [name, await readFile(join(local, name))] as const),
      ),
    );
    for (const [name, content] of packed)
      await server.put(`ratings/${name}`, gzipSync(content), { contentEncoding: 'gzip' });
    const { report } = await ingest({ home, source, cloud: cloud() });
    expect(report.files.map(({ file }) => file)).toContain('animelist.csv.gz');
    await server.put('set.zip', zipOf(Object.fromEntries(packed)));
    const { report: zipped } = await ingest({
      ...{ home: join(folder, 'zipped'), source: `gs://${BUCKET}/set.zip`, cloud: cloud() },
    });
    expect(zipped.rows).toBe(report.rows);
  });

  it('leaves other objects of the place alone', async () => {
    await server.put('ratings/notes.bin', randomBytes(1000));
    await server.put('ratings/animelist.csv.gz', gzipSync('never read'));
    const { paths } = await fetchFiles();
    expect([...paths.keys()].sort()).toEqual([...FILES].sort());
  });
});
