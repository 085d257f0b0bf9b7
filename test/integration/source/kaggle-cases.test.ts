/** Every data set of ../shared/cases/kaggle: 25 titles, one of them adult, and the lists of 30 people, saved in many ways. */
import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCatalogue } from '../../../src/data/catalogue/catalogue-parquet.ts';
import { ingest } from '../../../src/ingest.ts';
import { sharedData } from '../../support/shared.ts';

const cases = sharedData('../cases/kaggle');
const LAYOUTS: Readonly<Record<string, [catalogue: string, ratings: string]>> = {
  '2018-as-downloaded': ['2018', '2018'],
  '2023-as-downloaded': ['2023', '2023-scores'],
  '2023-filtered-renamed': ['2023-filtered', 'ratings'],
};

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'osusume-cases-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const folders = cases
  ? readdirSync(cases, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? entry.name : [],
    )
  : [];

describe.skipIf(!cases)('data sets of ../shared/cases/kaggle', () => {
  it.each(folders)('%s is read whole', async (name) => {
    const source = join(cases!, name);
    const { report, artefact } = await ingest({ home: join(root, name), source });
    const [catalogue, ratings] = LAYOUTS[name] ?? ['2020', 'animelist'];
    expect(report).toMatchObject({
      layout: { catalogue, ratings },
      titles: 25,
      users: 30,
      adult: { titles: 1, by: 'class' },
    });
    for (const file of report.files)
      expect(file).toMatchObject({ kept: file.read, duplicates: 0, rejected: {} });
    const titles = await readCatalogue(join(artefact.folder, 'anime.parquet'));
    expect(titles.filter(({ adult }) => adult).map(({ animeId }) => animeId)).toEqual([1639]);
    for (const title of titles) {
      expect(title.genres.length).toBeGreaterThan(0);
      expect(title.year).toBeGreaterThan(1950);
      expect(title.meanScore).toBeGreaterThan(5);
    }
    expect(titles.find(({ animeId }) => animeId === 16498)).toMatchObject({
      title: 'Shingeki no Kyojin',
      titleEnglish: 'Attack on Titan',
      titleJapanese: '進撃の巨人',
      year: 2013,
      season: 'spring',
      episodes: 25,
      studios: ['Wit Studio'],
      members: 880_000,
    });
  });
});
