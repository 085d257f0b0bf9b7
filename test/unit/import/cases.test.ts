/** Lists rebuilt from public reports, each with a line that says what is right. The ids are those of the 2020 catalogue. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { IdMap } from '../../../src/data/id-map.ts';
import { placeRows } from '../../../src/import/place/place-rows.ts';
import type { NameSources, PlacedList } from '../../../src/import/place/placed-list.ts';
import { readList } from '../../../src/import/read-list.ts';
import { TitleSearch } from '../../../src/search/title-search.ts';
import { realCatalogue } from '../../support/real-catalogue.ts';
import { sharedCases, sharedData } from '../../support/shared.ts';

const KINDS = ['xml', 'csv-cells', 'csv-layout', 'names', 'encoding', 'json-lists'];

/** What is right, as the expectations say it in words: id, rating, status where it is said. */
const RIGHT: Readonly<Record<string, readonly string[]>> = {
  'anime-and-manga-in-one': ['1:9'],
  'control-character': ['5114:9', '1:7'],
  'html-entity': ['527:7', '1:9'],
  'id-0-with-title': ['16498:9', '1:8', '5114:9'],
  'naked-ampersand-in-tags': ['1:9', '5114:8'],
  'score-na': ['5114:9', '1'],
  'unescaped-ampersand': ['8795:8', '5114:9'],
  'zip-instead-of-gz': ['1:9'],
  'blank-rows-at-the-end': ['1535:9', '6:8'],
  'own-ids-are-row-numbers': ['1535:9', '6:7', '20:6'],
  'row-without-title': ['1535:9', '6:8'],
  'score-nan-from-pandas': ['1535:9', '6 plan_to_watch'],
  'score-stars-as-signs': ['1535:10', '6:6'],
  'status-5-noise': ['1535 completed', '6 plan_to_watch'],
  'status-done-notion': ['1535 completed', '6 watching', '20 plan_to_watch'],
  'status-german-proxer': ['1535:9 completed', '6:8 completed'],
  'stray-quote': ['1535:9', '6:8'],
  'age-class-called-rating': ['1535:9', '6:6'],
  bangumi: ['16498:9 completed', '1535 plan_to_watch'],
  'ids-in-addresses': ['1535:9', '6:8'],
  'mean-beside-own-score': ['1535:9', '6:6', '20:4'],
  pipe: ['1535:9 watching', '6:8 completed'],
  'row-before-the-header': ['1535:9'],
  'sep-line-of-excel': ['1535:9'],
  'simkl-with-mal-id': ['16498 plan_to_watch', '1535:9 completed'],
  'yamtrack-manga-rows': ['1:9'],
  'zoro-mal-with-manga': ['1:9'],
  'ampersand-and': ['2966:8', '8795:8', '34451:8', '14741:8'],
  'multiplication-sign': ['11061:8', '18393:8', '23199:8'],
  'season-numbers': ['37675:8', '25777:8', '37510:8', '33486:8', '21881:8', '6707:8', '32937:8'],
  'csv-gz': ['1535:9'],
  'shift-jis': ['1535:9', '16498:8'],
  'utf-16-tabs-of-excel': ['1535:9'],
  'anime-planet': ['5114:8 completed', '7791 dropped', '9969 on_hold'],
  shikimori: ['1535:9 completed', '6 plan_to_watch'],
};

const written = ({ entries }: PlacedList) =>
  entries.flatMap(({ animeId, rating, status }) => {
    const scored = rating === undefined ? `${animeId}` : `${animeId}:${rating}`;
    return [scored, `${scored} ${status}`];
  });

const catalogue = sharedData('mal-sample/anime.csv');
const folders = KINDS.flatMap((kind) => sharedCases(kind) ?? []);
let sources: NameSources;
/** ms: the index of names takes seconds, on a busy machine many */
const PATIENCE = 300_000;

async function sourcesFrom(file: string): Promise<NameSources> {
  const titles = await realCatalogue(file);
  const search = await TitleSearch.of(titles);
  const items = new IdMap(Int32Array.from(titles, ({ animeId }) => animeId));
  return { catalogue: titles, items, search: () => Promise.resolve(search) };
}

describe.skipIf(catalogue === null || folders.length < KINDS.length)(
  'Lists of ../shared/cases',
  () => {
    const files = folders.flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => !name.endsWith('.expect'))
        .map((name) => [name.split('.')[0], join(folder, name)]),
    );

    beforeAll(async () => {
      sources = await sourcesFrom(catalogue as string);
    }, PATIENCE);

    it.each(files)('%s is read as it should be', async (name, path) => {
      const list = await placeRows(await readList(readFileSync(path), { name }), sources);
      expect(RIGHT, 'a case that this test does not know').toHaveProperty([name]);
      expect(written(list)).toEqual(expect.arrayContaining([...RIGHT[name]]));
      expect(list.entries).toHaveLength(RIGHT[name].length);
    });
  },
);
