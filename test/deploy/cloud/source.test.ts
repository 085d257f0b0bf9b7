/** `--source gs://…`: from a real server of the protocol, with a proxy in front that fails as networks do. */
import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { InterruptedError, OsusumeError } from '../../../src/error.ts';
import { ingest } from '../../../src/ingest.ts';
import { NO_PROGRESS, type Progress } from '../../../src/progress.ts';
import {
  type FetchCloudOptions,
  type FetchedFiles,
  fetchCloudFolder,
} from '../../../src/source/cloud-folder.ts';
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
  /** The bytes of the ratings, read while they arrive; from the disk when they are there already. */
  const ratingsIn = async ({ places }: Pick<FetchedFiles, 'places'>) => {
    const place = places.get('animelist.csv')!;
    if (typeof place === 'string') return readFile(place);
    const chunks: Uint8Array[] = [];
    for await (const chunk of place.read()) chunks.push(chunk);
    return Buffer.concat(chunks);
  };
  const fetchRatings = async (options?: Partial<FetchCloudOptions>) =>
    ratingsIn(await fetchFiles(options));
  const failure = (work: Promise<unknown>) =>
    work.then(
      () => Promise.reject(new Error('it did not fail')),
      (error: Error) => error,
    );

  /** Puts the ratings there under another name, packed by it; "stored" = their name does not say so. */
  const packRatings = async (name: string) => {
    await server.remove('ratings/animelist.csv');
    const plain = await readFile(join(local, 'animelist.csv'));
    if (name === 'stored')
      await server.put('ratings/animelist.csv', gzipSync(plain), { contentEncoding: 'gzip' });
    else await server.put(`ratings/${name}`, name.endsWith('.gz') ? gzipSync(plain) : plain);
  };
  const expectNoRows = async () =>
    expect(await readdir(join(home, 'ingest')).catch(() => [])).toEqual([]);

  it.each(['animelist.csv', 'animelist.csv.gz', 'stored'])(
    'makes the same rows of %s as a folder does, byte for byte',
    async (name) => {
      await packRatings(name);
      const given = { reproducible: true, rows: 0 };
      const far = await ingest({ home, source, cloud: cloud(), ...given });
      const near = join(folder, `near-${name}`);
      await mkdir(near);
      for (const file of FILES.slice(0, 2)) await copyFile(join(local, file), join(near, file));
      const label = name === 'stored' ? 'animelist.csv.gz' : name;
      const plain = await readFile(join(local, 'animelist.csv'));
      await writeFile(join(near, label), label.endsWith('.gz') ? gzipSync(plain) : plain);
      const { artefact } = await ingest({
        home: join(folder, `home-${name}`),
        source: near,
        ...given,
      });
      for (const file of ['anime.parquet', 'interactions.parquet', 'rejected.csv'])
        expect(await readFile(join(far.artefact.folder, file))).toEqual(
          await readFile(join(artefact.folder, file)),
        );
      const files = async (where: string) =>
        JSON.parse(await readFile(join(where, 'report.json'), 'utf8')).files;
      expect(await files(far.artefact.folder)).toEqual(await files(artefact.folder));
    },
  );

  it.each(['animelist.csv', 'animelist.csv.gz'])(
    'reads, checks and writes rows of %s while the rest of it is still to come',
    async (name) => {
      const titles = (await readFile(join(local, 'anime.csv'), 'utf8')).match(/^\d+(?=,)/gm)!;
      const header = 'user_id,anime_id,rating,watching_status,watched_episodes\n';
      const lines = Array.from(
        { length: 2_500_000 },
        (_, row) => `${row >> 6},${titles[row & 63]},${row % 11},2,${row % 50}\n`,
      );
      lines[1000] = 'nonsense\n';
      const plain = Buffer.from(header + lines.join(''));
      const bytes = name.endsWith('.gz') ? gzipSync(plain, { level: 1 }) : plain;
      await server.remove('ratings/animelist.csv');
      await server.put(`ratings/${name}`, bytes);
      // Three quarters pass. The rest is held back until rows of them are in the unfinished artefact.
      const held: string[] = [];
      const written = async () => {
        const [unfinished] = await readdir(join(home, 'ingest'));
        const parquet = await stat(join(home, 'ingest', unfinished, 'interactions.parquet'));
        held.push(unfinished);
        return parquet.size > 10_000;
      };
      const rest = () => vi.waitUntil(() => written().catch(() => false), { timeout: 60_000 });
      server.proxy.play((passing) =>
        isRead(passing, name) ? { holdAfter: Math.floor(bytes.length * 0.75), until: rest } : null,
      );
      const { report } = await ingest({ home, source, cloud: cloud(60_000) });
      expect(held.length).toBeGreaterThan(0);
      expect(reads(name)).toHaveLength(1);
      expect(report.files.at(-1)).toMatchObject({
        read: lines.length,
        rejected: { 'wrong number of fields': 1 },
      });
    },
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
    expect(steps).toContain(`fetching ${source}/animelist.csv and reading it ${size} bytes`);
    expect(updates).toContain(size);
  });

  it('keeps what it fetched for the owner alone, and does not fetch it again', async () => {
    const fetched = await fetchFiles();
    expect(await ratingsIn(fetched)).toEqual(await readFile(join(local, 'animelist.csv')));
    const [place] = await readdir(join(home, 'source'));
    for (const name of FILES)
      expect((await stat(join(home, 'source', place, name))).mode & 0o777).toBe(0o600);
    expect(reads()).toHaveLength(1);
    server.proxy.play(() => null);
    const again = await fetchFiles();
    expect([...again.places.keys()]).toEqual([...fetched.places.keys()]);
    expect([...again.places.values()].every((path) => typeof path === 'string')).toBe(true);
    expect(server.proxy.seen.filter(({ query }) => query.get('alt') === 'media')).toEqual([]);
    expect(notes.join()).toContain('is the same as when it was fetched before');
    await server.put('ratings/animelist.csv', 'user_id,anime_id,rating\n1,1,9\n');
    expect(String(await fetchRatings())).toContain('1,1,9');
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
    expect(notes.join()).toContain(`the transfer was stopped after ${size} of`);
    server.proxy.play(() => null);
    expect((await fetchRatings()).length).toBe(header.length + rows.length);
    expect(reads().map(({ headers }) => headers.range)).toEqual([`bytes=${size}-`]);
  });

  it('resumes by range where the connection was cut, again and again', async () => {
    playReads({ cutAnswerAfter: 100_000 }, { cutAnswerAfter: 50_000 });
    expect(await fetchRatings()).toEqual(await readFile(join(local, 'animelist.csv')));
    const ranges = reads().map(({ headers }) => headers.range);
    expect(ranges).toEqual([undefined, 'bytes=100000-', 'bytes=150000-']);
    expect(notes.join()).toMatch(/interrupted \(Cloud Storage .*\); trying again/);
  });

  it('resumes in a later run from what an interrupted one left', async () => {
    playReads({ cutAnswerAfter: 100_000 });
    const error = await failure(fetchRatings({ attempts: 1 }));
    expect(error).toBeInstanceOf(OsusumeError);
    expect(error.message).toMatch(/^Fetching gs:.*what has been transferred is kept$/);
    server.proxy.play(() => null);
    const { report } = await ingest({ home, source, cloud: cloud() });
    expect(report.rows).toBeGreaterThan(0);
    expect(reads().map(({ headers }) => headers.range)).toEqual(['bytes=100000-']);
  });

  it('uses no row of ratings that are replaced during the transfer, and reads the new ones next time', async () => {
    const other = Buffer.from(`user_id,anime_id,rating\n${'7,1,9\n'.repeat(100_000)}`);
    playReads(
      { cutAnswerAfter: 100_000 },
      { before: () => server.put('ratings/animelist.csv', other) },
    );
    const { message } = await failure(ingest({ home, source, cloud: cloud() }));
    expect(message).toMatch(
      /animelist\.csv was replaced while it was being read\. None of its rows/,
    );
    await expectNoRows();
    expect((await fetchRatings()).equals(other)).toBe(true);
  });

  it('uses no row of ratings that arrive with another checksum, and fetches all of them next time', async () => {
    const alter = (bytes: Buffer) => Buffer.concat([bytes.subarray(0, -1), Buffer.from('\n')]);
    playReads({ alter });
    const { message } = await failure(ingest({ home, source, cloud: cloud() }));
    expect(message).toMatch(/animelist\.csv arrived damaged: .* CRC32C .*None of its rows is used/);
    await expectNoRows();
    const { report } = await ingest({ home, source, cloud: cloud() });
    expect(report.rows).toBeGreaterThan(0);
    expect(reads().map(({ headers }) => headers.range)).toEqual([undefined, undefined]);
  });

  it.each(['animelist.csv', 'animelist.csv.gz'])(
    'fetches %s anew when its first bytes came damaged and cannot be read',
    async (name) => {
      await packRatings(name);
      let count = 0;
      const alter = (bytes: Buffer) => Buffer.alloc(bytes.length, '!');
      server.proxy.play((passing) =>
        isRead(passing, name) && count++ === 0 ? { alter, cutAnswerAfter: 50_000 } : null,
      );
      const { message } = await failure(ingest({ home, source, cloud: cloud() }));
      expect(message).toMatch(/begins with "?!!!|Cannot unpack gs:.*incorrect header check/);
      await expectNoRows();
      const { report } = await ingest({ home, source, cloud: cloud() });
      expect(report.rows).toBeGreaterThan(0);
      expect(reads(name).at(-1)?.headers.range).toBe(undefined);
    },
  );

  it('starts over when another file is replaced or damaged, and gives up when it always is', async () => {
    const alter = (bytes: Buffer) => Buffer.concat([bytes.subarray(0, -1), Buffer.from('!')]);
    const titles = await readFile(join(local, 'anime.csv'));
    let count = 0;
    server.proxy.play((passing) => {
      if (!isRead(passing, 'anime.csv')) return null;
      count++;
      if (count === 1) return { alter };
      if (count === 2) return { cutAnswerAfter: 20_000 };
      return count === 3 ? { before: () => server.put('ratings/anime.csv', titles) } : null;
    });
    const path = (await fetchFiles()).places.get('anime.csv') as string;
    expect(await readFile(path)).toEqual(titles);
    expect(notes.join()).toMatch(/arrived damaged: .*CRC32C .*; starting over/);
    expect(notes.join()).toContain('anime.csv was replaced while it was being fetched');
    await rm(join(home, 'source'), { recursive: true });
    server.proxy.play((passing) => (isRead(passing, 'anime.csv') ? { alter } : null));
    expect((await failure(fetchFiles())).message).toMatch(/anime\.csv arrived damaged/);
    expect(reads('anime.csv')).toHaveLength(4);
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
    await fetchRatings();
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
    await fetchRatings({ cloud: cloud(2000) });
    expect(reads()).toHaveLength(1);
    await rm(join(home, 'source'), { recursive: true });
    playReads({ silent: true });
    await fetchRatings({ cloud: cloud(300) });
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

  it('reads archives', async () => {
    const files = FILES.map(async (name) => [name, await readFile(join(local, name))] as const);
    await server.put('set.zip', zipOf(Object.fromEntries(await Promise.all(files))));
    const { report } = await ingest({ home, source: `gs://${BUCKET}/set.zip`, cloud: cloud() });
    const near = await ingest({ home: join(folder, 'near-zip'), source: local });
    expect(report.rows).toBe(near.report.rows);
  });

  it('leaves other objects of the place alone', async () => {
    await server.put('ratings/notes.bin', randomBytes(1000));
    await server.put('ratings/animelist.csv.gz', gzipSync('never read'));
    const { places } = await fetchFiles();
    expect([...places.keys()].sort()).toEqual([...FILES].sort());
  });
});
