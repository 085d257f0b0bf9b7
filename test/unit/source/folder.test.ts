import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InterruptedError, OsusumeError } from '../../../src/error.ts';
import { NO_PROGRESS } from '../../../src/progress.ts';
import { openArchive, openFolder } from '../../../src/source/folder.ts';
import type { RatingsFile } from '../../../src/source/ratings-file.ts';
import { zipOf } from '../../support/zip-of.ts';

let root: string;
let folder: string;
let work: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'osusume-folder-'));
  folder = join(root, 'data');
  work = join(root, 'work');
  await mkdir(folder);
  await mkdir(work);
});
afterEach(() => rm(root, { recursive: true, force: true }));

const put = (name: string, content: string | Buffer) => writeFile(join(folder, name), content);
const options = (signal?: AbortSignal) => ({ work, progress: NO_PROGRESS, signal });
const text = (path: string) => readFile(path, 'utf8');

/** Of a file of ratings: its text, and the bytes that it said had passed. */
async function read([ratings]: readonly RatingsFile[]) {
  const chunks: Uint8Array[] = [];
  const passed: number[] = [];
  for await (const chunk of ratings.read((bytes) => passed.push(bytes))) chunks.push(chunk);
  return { text: Buffer.concat(chunks).toString(), passed };
}

describe('openFolder()', () => {
  it('takes plain files where they are', async () => {
    await put('anime.csv', 'titles');
    await put('animelist.csv', 'lists');
    const files = await openFolder(folder, options());
    expect(files).toMatchObject({
      catalogue: { label: 'anime.csv', path: join(folder, 'anime.csv') },
      synopses: null,
      ratings: [{ label: 'animelist.csv', doing: 'reading animelist.csv', size: 5, plainSize: 5 }],
      synthetic: false,
    });
    expect(await read(files.ratings)).toEqual({ text: 'lists', passed: [5] });
    expect(await readdir(work)).toEqual([]);
  });

  it('unpacks gzip and zip, plain files first, animelist.csv before the others', async () => {
    await put('anime.csv', 'titles');
    await put('anime.csv.gz', gzipSync('other'));
    await put('animelist.csv.gz', gzipSync('lists'));
    await put('rating_complete.csv', 'complete');
    await put(
      'all.zip',
      zipOf({ 'deep/anime_with_synopsis.csv': 'texts', 'animelist.csv': 'zipped' }),
    );
    const { catalogue, synopses, ratings } = await openFolder(folder, options());
    expect([catalogue?.label, synopses?.label, ratings[0].label]).toEqual([
      'anime.csv',
      'all.zip: anime_with_synopsis.csv',
      'animelist.csv.gz',
    ]);
    expect(await Promise.all([catalogue!, synopses!].map(({ path }) => text(path)))).toEqual([
      'titles',
      'texts',
    ]);
    // The ratings are unpacked as they are read.
    expect(ratings[0].plainSize).toBe(null);
    expect(await read(ratings)).toEqual({ text: 'lists', passed: [ratings[0].size] });
    expect(await readdir(work)).toEqual(['anime_with_synopsis.csv']);
  });

  it('passes over a damaged archive beside the files, and says so; not when a file may be in it', async () => {
    await put('anime.csv', 'titles');
    await put('animelist.csv', 'lists');
    await put('holiday.zip', 'no archive');
    const notes: string[] = [];
    const progress = { ...NO_PROGRESS, note: (line: string) => void notes.push(line) };
    const { ratings } = await openFolder(folder, { work, progress });
    expect(ratings[0].label).toBe('animelist.csv');
    expect(notes).toEqual([expect.stringMatching(/Skipped: .*holiday\.zip/)]);
    await rm(join(folder, 'animelist.csv'));
    await expect(openFolder(folder, options())).rejects.toThrow(/Cannot unpack .*holiday\.zip/);
  });

  it('takes people for synthetic where the folder or the archive that has their lists says so', async () => {
    const mark = { 'SYNTHETIC.md': 'drawn' };
    await put('anime.csv', 'titles');
    await put('a.zip', zipOf({ 'animelist.csv': 'lists', ...mark }));
    expect((await openFolder(folder, options())).synthetic).toBe(true);
    await put('animelist.csv', 'lists');
    expect((await openFolder(folder, options())).synthetic).toBe(false);
    await put('SYNTHETIC.md', 'drawn');
    expect((await openFolder(folder, options())).synthetic).toBe(true);
    await put('b.zip', zipOf({ 'x/anime.csv': 'titles', 'x/rating.csv': 'lists', ...mark }));
    expect((await openArchive(join(folder, 'b.zip'), options())).synthetic).toBe(true);
  });

  it('says which file is missing and how to get it', async () => {
    await put('animelist.csv', 'lists');
    await expect(openFolder(folder, options())).rejects.toThrow(
      /data has no anime\.csv .*osusume fetch/,
    );
  });

  it('stops when interrupted', async () => {
    await put('anime.csv', 'titles');
    await put('animelist.csv', 'lists');
    await put('anime_with_synopsis.csv.gz', gzipSync('texts'));
    const stopped = openFolder(folder, options(AbortSignal.abort()));
    await expect(stopped).rejects.toThrow(InterruptedError);
  });
});

describe('openArchive()', () => {
  const archive = () => join(folder, 'a.zip');

  it('finds the files at any depth, compressed or stored, gzipped too', async () => {
    const zip = zipOf({
      'x/y/anime.csv': 'titles',
      'x/html/1.html': 'page',
      'x/rating.csv.gz': gzipSync('ratings'),
    });
    await put('a.zip', zip);
    const { catalogue, ratings } = await openArchive(archive(), options());
    expect(await text(catalogue!.path)).toBe('titles');
    expect((await read(ratings)).text).toBe('ratings');
    expect((await readdir(work)).sort()).toEqual(['anime.csv', 'rating.csv', 'rating.csv.gz']);
  });

  it.each(['../anime.csv', '/etc/anime.csv', 'a/../../anime.csv'])(
    'refuses an archive with the entry "%s"',
    async (name) => {
      await put('a.zip', zipOf({ 'animelist.csv': 'x', [name]: 'evil' }));
      await expect(openArchive(archive(), options())).rejects.toThrow(/Cannot unpack .*a\.zip/);
      expect(await readdir(root)).toEqual(['data', 'work']);
    },
  );

  it('refuses an archive that is cut off, empty, altered, or something else', async () => {
    const whole = zipOf({ 'anime.csv': 'titles, many titles', 'animelist.csv': 'lists' });
    const altered = Buffer.from(whole);
    const at = altered.indexOf('anime.csv') + 'anime.csv'.length + 3;
    altered[at] ^= 0xff;
    for (const bytes of [
      whole.subarray(0, whole.length - 30),
      Buffer.alloc(0),
      Buffer.from('<html>'),
      altered,
    ]) {
      await put('a.zip', bytes);
      const opened = openArchive(archive(), options());
      await expect(opened).rejects.toThrow(OsusumeError);
      await expect(opened).rejects.toThrow(/a\.zip.*get it again/);
    }
  });
});
