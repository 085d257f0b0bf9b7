import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Anime } from '../../../../src/data/anime.ts';
import {
  readCatalogueFile,
  readSynopsisFile,
} from '../../../../src/data/catalogue/catalogue-reader.ts';
import { Rejects } from '../../../../src/data/csv/rejects.ts';
import { assignFranchises } from '../../../../src/data/franchise/franchise.ts';
import { assignThemes } from '../../../../src/data/themes/assign.ts';
import { THEME_IDS } from '../../../../src/data/themes/theme-names.ts';
import { taggedTitles } from '../../../../src/source/sample/theme-tags.ts';
import { sharedData } from '../../../support/shared.ts';
import { anime } from '../../../support/small-catalogue.ts';
import labels from './labels.json' with { type: 'json' };

const part = (animeId: number, prerequisite: number | null, more: Partial<Anime> = {}) =>
  anime({
    animeId,
    synopsis: null,
    genres: ['Sports', 'Drama'],
    franchise: { franchiseId: 1, name: 'Saga', position: animeId, size: 3, prerequisite },
    ...more,
  });

describe('assignThemes()', () => {
  it('keeps the order of titles and everything else about them', () => {
    const titles = [anime({ animeId: 2, synopsis: 'A ninja.' }), anime({ animeId: 1 })];
    expect(assignThemes(titles)).toEqual([{ ...titles[0], themes: ['ninja'] }, titles[1]]);
    expect(assignThemes([])).toEqual([]);
  });

  it('hands lasting themes down to later parts, and no others', () => {
    const titles = [
      part(1, null, { synopsis: 'A tennis player seeks revenge.' }),
      part(3, 2),
      part(2, 1, { synopsis: 'A ninja.' }),
      part(4, null),
    ];
    expect(assignThemes(titles).map(({ themes }) => themes)).toEqual([
      ['revenge', 'tennis'],
      ['ninja', 'tennis'],
      ['ninja', 'tennis'],
      [],
    ]);
  });

  it('uses the tags of a title', () => {
    const tags = new Map([[1, ['time loop']]]);
    expect(assignThemes([anime({ animeId: 1 })], tags)[0].themes).toEqual(['time-loop']);
  });
});

describe('taggedTitles()', () => {
  it('has themes for most of the real titles of the sample', async () => {
    const titles = await taggedTitles();
    const themed = titles.filter(({ tags }) => tags.some((tag) => THEME_IDS.has(tag)));
    expect(themed.length).toBeGreaterThan(0.75 * titles.length);
  });
});

const shared = sharedData('mal-sample/anime.csv');

describe.skipIf(!shared)('assignThemes() on the real catalogue', () => {
  let folder: string;
  let themes: Map<number, readonly string[]>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'themes-'));
    const rejects = new Rejects(join(folder, 'rejected.csv'));
    const { titles } = await readCatalogueFile(shared!, rejects.open('anime.csv'));
    const synopses = shared!.replace('anime.csv', 'anime_with_synopsis.csv');
    await readSynopsisFile(synopses, titles, rejects.open('anime_with_synopsis.csv'));
    rejects.close();
    const out = assignThemes(assignFranchises([...titles.values()]));
    themes = new Map(out.map((title) => [title.animeId, title.themes]));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('is right about at least 85 % of the hand-labelled titles, without any tags', () => {
    let right = 0;
    let wrong = 0;
    for (const [theme, label] of Object.entries(labels.themes)) {
      const has = (animeId: number) => themes.get(animeId)?.includes(theme);
      right += label.right.filter(has).length;
      wrong += label.wrong.filter(has).length;
    }
    expect(right + wrong).toBeGreaterThan(350);
    expect(right / (right + wrong)).toBeGreaterThanOrEqual(0.85);
  });
});
