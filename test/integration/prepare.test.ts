import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeCatalogue } from '../../src/data/catalogue/catalogue-parquet.ts';
import { withDatabase } from '../../src/data/database.ts';
import { openDataset } from '../../src/data/dataset-file.ts';
import { profileOf, STATUS } from '../../src/data/interactions.ts';
import { ArtefactError, InterruptedError, OsusumeError } from '../../src/error.ts';
import { writeArtefact } from '../../src/home/artefact.ts';
import { ingest } from '../../src/ingest.ts';
import { type PrepareOptions, prepare } from '../../src/prepare.ts';
import { sharedData } from '../support/shared.ts';
import { anime } from '../support/small-dataset.ts';

/** user, anime, rating, status */
type Row = readonly [number, number, number, number];

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'prepare-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const TITLES = [
  anime(30, {
    title: 'Toridori',
    year: 2010,
    airedFrom: '2010-04-01',
    airedTo: '2010-06-30',
    studios: ['Hoshi'],
  }),
  anime(10, {
    title: 'Toridori 2nd Season',
    year: 2012,
    airedFrom: '2012-04-01',
    studios: ['Hoshi'],
  }),
  anime(20, { title: 'Kumokiri', studios: ['Kumo'] }),
];

/** What `ingest` leaves behind. */
async function ingested(
  rows: readonly Row[],
  titles = TITLES,
  report: unknown = { source: { name: 'made up', synthetic: true } },
) {
  await writeArtefact(home, 'ingest', async (folder) => {
    await withDatabase({ threads: 1 }, async (connection) => {
      await writeCatalogue(connection, join(folder, 'anime.parquet'), titles);
      const values = rows.map((row) => `(${row.join(',')},0)`).join(',');
      const columns =
        'user_id::INTEGER AS user_id, anime_id::INTEGER AS anime_id, rating::UTINYINT AS rating, status::UTINYINT AS status, episodes::INTEGER AS watched_episodes';
      const from = `(VALUES ${values || '(0,0,0,0,0)'}) AS t(user_id, anime_id, rating, status, episodes)`;
      const path = join(folder, 'interactions.parquet');
      await connection.run(
        `COPY (SELECT ${columns} FROM ${from} WHERE ${rows.length > 0} ORDER BY user_id, anime_id) TO '${path}' (FORMAT parquet)`,
      );
    });
    await writeFile(join(folder, 'report.json'), JSON.stringify(report));
  });
}

const run = (options: Partial<PrepareOptions> = {}) =>
  prepare({ home, minRatingsPerUser: 1, minHeldOutRatings: 2, threads: 1, ...options });

describe('prepare()', () => {
  it('orders titles by listings, people by id, and items within a person', async () => {
    await ingested([
      [9, 10, 7, 2],
      [9, 20, 0, 1],
      [4, 30, 10, 4],
      [4, 20, 8, 2],
      [4, 10, 0, 6],
      [6, 20, 5, 3],
    ]);
    const { dataset } = await run();
    expect([...dataset.items.ids]).toEqual([20, 10, 30]);
    expect(dataset.catalogue.map(({ animeId }) => animeId)).toEqual([20, 10, 30]);
    expect([...dataset.users.ids]).toEqual([4, 6, 9]);
    expect(dataset.interactions).toEqual({
      users: 3,
      items: 3,
      indptr: Uint32Array.of(0, 3, 4, 6),
      indices: Uint32Array.of(0, 1, 2, 0, 0, 1),
      ratings: Uint8Array.of(8, 0, 10, 5, 0, 7),
      statuses: Uint8Array.of(2, 6, 4, 3, 1, 2),
    });
    expect(dataset.origin).toEqual({ name: 'made up', synthetic: true });
    expect(dataset.catalogue[1].franchise).toMatchObject({ franchiseId: 30, prerequisite: 30 });
  });

  it('keeps titles that nobody lists, and leaves out people who have seen too few', async () => {
    await ingested([
      [1, 10, 7, 2],
      [1, 20, 7, 2],
      [2, 10, 7, 2],
      [2, 20, 0, STATUS.plan_to_watch],
      [3, 20, 0, STATUS.plan_to_watch],
    ]);
    const { dataset, artefact } = await run({ minRatingsPerUser: 2 });
    expect([...dataset.users.ids]).toEqual([1]);
    expect(dataset.items.size).toBe(3);
    const { counts } = JSON.parse(await readFile(join(artefact.folder, 'dataset.json'), 'utf8'));
    expect(counts).toEqual({
      users: 1,
      items: 3,
      rows: 2,
      seen: 2,
      leftOutUsers: 2,
      leftOutRows: 3,
      franchises: 1,
    });
  });

  it('prepares a single person', async () => {
    await ingested([[77, 10, 7, 2]]);
    const { dataset } = await run();
    expect(dataset.parts).toEqual({
      train: { from: 0, to: 1 },
      validation: { from: 1, to: 1 },
      test: { from: 1, to: 1 },
    });
    expect([...profileOf(dataset.interactions, 0).items]).toEqual([0]);
  });

  it('keeps every row of every person, held out or not', async () => {
    const row = fc.record({
      user: fc.nat(40),
      title: fc.nat(11),
      rating: fc.nat(10),
      status: fc.constantFrom(...Object.values(STATUS)),
    });
    const titles = Array.from({ length: 12 }, (_, i) =>
      anime(100 - 7 * i, { title: `Work ${'abcdefghijkl'[i]}` }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(row, {
          minLength: 1,
          maxLength: 200,
          selector: ({ user, title }) => 12 * user + title,
        }),
        async (drawn) => {
          fc.pre(drawn.some(({ status }) => status !== STATUS.plan_to_watch));
          const rows = drawn.map(
            ({ user, title, rating, status }): Row => [
              3 * user,
              titles[title].animeId,
              rating,
              status,
            ],
          );
          await ingested(rows, titles);
          const { dataset } = await run({ validationUsers: 2, testUsers: 2 });
          const found = [...dataset.users.ids].flatMap((userId, user) => {
            const { items, ratings, statuses } = profileOf(dataset.interactions, user);
            return [...items].map((item, p) =>
              [userId, dataset.items.ids[item], ratings[p], statuses[p]].join(),
            );
          });
          const seen = new Set(
            rows
              .filter(([, , , status]) => status !== STATUS.plan_to_watch)
              .map(([userId]) => userId),
          );
          expect(found.sort()).toEqual(
            rows
              .filter(([userId]) => seen.has(userId))
              .map((one) => one.join())
              .sort(),
          );
        },
      ),
      { numRuns: 12 },
    );
  });

  it('writes what openDataset() reads', async () => {
    await ingested([
      [1, 10, 7, 2],
      [2, 20, 0, 1],
    ]);
    const { dataset } = await run();
    const opened = await openDataset(home);
    expect(opened.interactions).toEqual(dataset.interactions);
    expect(opened.catalogue).toEqual(dataset.catalogue);
    expect({ ...opened, items: 0, users: 0 }).toEqual({ ...dataset, items: 0, users: 0 });
  });

  it('has the same fingerprint for the same rows and options, and another for others', async () => {
    await ingested([[1, 10, 7, 2]]);
    const first = (await run()).dataset.fingerprint;
    expect((await run()).dataset.fingerprint).toBe(first);
    expect((await run({ seed: 1 })).dataset.fingerprint).not.toBe(first);
    await ingested([[1, 10, 8, 2]]);
    expect((await run()).dataset.fingerprint).not.toBe(first);
  });

  it('groups by a relations file, which counts in the fingerprint', async () => {
    await ingested([[1, 10, 7, 2]]);
    const plain = (await run()).dataset.fingerprint;
    const url = (animeId: number) => `https://myanimelist.net/anime/${animeId}`;
    const relations = join(home, 'relations.json');
    await writeFile(
      relations,
      JSON.stringify({
        data: [
          {
            sources: [url(20)],
            synonyms: ['Fog'],
            relatedAnime: [url(30)],
            tags: ['Time Travel', 'no such tag'],
          },
        ],
      }),
    );
    const { dataset } = await run({ relations });
    expect(dataset.catalogue.map(({ franchise }) => franchise?.size)).toEqual([3, 3, 3]);
    expect(dataset.catalogue.find(({ animeId }) => animeId === 20)?.synonyms).toEqual(['Fog']);
    const themes = dataset.catalogue.find(({ animeId }) => animeId === 20)?.themes;
    expect(themes).toEqual(['time-travel']);
    expect((await openDataset(home)).catalogue).toEqual(dataset.catalogue);
    expect(dataset.fingerprint).not.toBe(plain);
  });

  it('refuses to go on without rows, saying what to do', async () => {
    await ingested([]);
    await expect(run()).rejects.toThrow(/there are no rows.*osusume ingest/s);
    await expect(run()).rejects.toThrow(OsusumeError);
  });

  it('refuses to go on when everyone has seen too few, naming the most seen', async () => {
    await ingested([
      [1, 10, 7, 2],
      [1, 20, 7, 2],
      [2, 10, 7, 6],
    ]);
    await expect(run({ minRatingsPerUser: 400 })).rejects.toThrow(
      /none of the 2 people.*400.*is 2/s,
    );
  });

  it('says which command comes first when nothing has been ingested', async () => {
    await expect(run()).rejects.toThrow(/osusume ingest/);
  });

  it.each<[string, Row]>([
    ['a title outside the catalogue', [1, 11, 5, 2]],
    ['a rating out of range', [1, 10, 200, 2]],
    ['a status out of range', [1, 10, 5, 7]],
    ['a status that does not exist', [1, 10, 5, 5]],
  ])('refuses rows with %s and leaves no dataset', async (_, row) => {
    await ingested([[1, 20, 5, 2], row]);
    await expect(run()).rejects.toThrow(ArtefactError);
    await expect(run()).rejects.toThrow(/interactions\.parquet.*osusume ingest/s);
    expect(await readdir(home)).not.toContain('dataset');
  });

  it('refuses a report that does not name its source', async () => {
    await ingested([[1, 20, 5, 2]], TITLES, { source: 'folder' });
    await expect(run()).rejects.toThrow(/report\.json does not name its source/);
  });

  it('stops when interrupted, and the dataset from before stays', async () => {
    await ingested([[1, 10, 7, 2]]);
    const { artefact } = await run();
    const controller = new AbortController();
    controller.abort();
    await expect(run({ seed: 5, signal: controller.signal })).rejects.toThrow(InterruptedError);
    expect((await readFile(join(home, 'dataset', 'current'), 'utf8')).trim()).toBe(
      artefact.version,
    );
    await expect(openDataset(home)).resolves.toBeDefined();
  });
});

const sample = sharedData('mal-sample');

describe.skipIf(!sample)('prepare() on the real sample', () => {
  it('holds out the wanted people and keeps every row of those who stay', async () => {
    const { report } = await ingest({ home, source: sample });
    const { dataset, artefact } = await prepare({ home });
    const { train, validation, test } = dataset.parts;
    expect([validation.to - validation.from, test.to - test.from]).toEqual([700, 700]);
    expect(dataset.catalogue).toHaveLength(17_562);
    const { counts } = JSON.parse(await readFile(join(artefact.folder, 'dataset.json'), 'utf8'));
    expect(counts.rows + counts.leftOutRows).toBe(report.rows);
    expect(counts.users + counts.leftOutUsers).toBe(report.users);
    expect(train.to).toBeGreaterThan(5000);
    for (let user = validation.from; user < test.to; user++) {
      const seen = profileOf(dataset.interactions, user).statuses.filter(
        (status) => status !== STATUS.plan_to_watch,
      );
      expect(seen.length).toBeGreaterThanOrEqual(10);
    }
  });
});
