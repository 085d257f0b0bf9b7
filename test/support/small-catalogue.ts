/** A small world for tests of recommending: ten titles, two stories, one adult title, hand-made weights. */
import { Value } from 'typebox/value';
import { WeightOptions } from '../../src/config/model-options.ts';
import type { Anime } from '../../src/data/anime.ts';
import type { Csr } from '../../src/data/csr.ts';
import type { Dataset } from '../../src/data/dataset.ts';
import { IdMap } from '../../src/data/id-map.ts';
import type { Profile, StatusName } from '../../src/data/interactions.ts';
import { ItemWeights } from '../../src/model/item-weights/item-weights.ts';
import { PARTS, partName, SlimWeights } from '../../src/model/linear/slim-weights.ts';
import type { Bundle } from '../../src/recommend/bundle.ts';
import { facetsOf } from '../../src/recommend/facets.ts';
import { profileFrom } from '../../src/recommend/profile.ts';
import { Ranker } from '../../src/recommend/ranker.ts';

export const WEIGHTS = Value.Default(WeightOptions, {}) as WeightOptions;

export function anime(part: Partial<Anime> & { animeId: number }): Anime {
  return {
    title: `Title ${part.animeId}`,
    titleEnglish: null,
    titleJapanese: null,
    synonyms: [],
    type: 'TV',
    episodes: 12,
    year: 2010,
    season: 'spring',
    airedFrom: '2010-04-03',
    airedTo: null,
    duration: 24,
    source: 'Manga',
    ratingClass: 'PG-13',
    adult: false,
    genres: ['Action'],
    studios: ['Studio'],
    members: 1000,
    meanScore: 7.5,
    synopsis: 'A story.',
    themes: [],
    franchise: null,
    ...part,
  };
}

const part = (position: number, prerequisite: number | null) => ({
  franchiseId: 20,
  name: 'Saga',
  position,
  size: 4,
  prerequisite,
});

/** Item = place in this list; the id is ten times as much. */
export const CATALOGUE: readonly Anime[] = [
  anime({ animeId: 0, title: 'Known', members: 900_000 }),
  anime({ animeId: 10, title: 'Loner', genres: ['Drama'], year: 1998, members: 800_000 }),
  anime({ animeId: 20, title: 'Saga', members: 700_000, franchise: part(1, null) }),
  anime({ animeId: 30, title: 'Saga 2nd Season', members: 600_000, franchise: part(2, 20) }),
  anime({ animeId: 40, title: 'Saga 3rd Season', members: 500_000, franchise: part(3, 30) }),
  anime({
    animeId: 50,
    title: 'Saga Movie',
    type: 'Movie',
    members: 400_000,
    franchise: part(4, 20),
  }),
  anime({ animeId: 60, title: 'Night', adult: true, genres: ['Hentai'], members: 300 }),
  anime({
    animeId: 70,
    title: 'Film',
    type: 'Movie',
    genres: ['Drama', 'Romance'],
    year: 2004,
    members: 2000,
  }),
  anime({ animeId: 80, title: 'Twin', genres: ['Action', 'Comedy'], year: null, members: 50 }),
  anime({ animeId: 90, title: 'Odd', genres: [], type: null, members: 10 }),
];

/** What liking "Known" (item 0) says for the others: item j gets 1 − j/10. */
export function fallingWeights(items = CATALOGUE.length): Csr {
  const columns = Array.from({ length: items - 1 }, (_, n) => n + 1);
  return {
    rows: items,
    columns: items,
    indptr: Uint32Array.from({ length: items + 1 }, (_, r) => (r === 0 ? 0 : items - 1)),
    indices: Uint32Array.from(columns),
    values: Float32Array.from(columns, (j) => 1 - j / items),
  };
}

/** The same weights for whole lists and for parts of lists. */
export function slimOf(weights: Csr): SlimWeights {
  const model = (name: string) => new ItemWeights(name, weights, WEIGHTS);
  return new SlimWeights(
    model('slim'),
    PARTS.map(({ titles }) => model(partName(titles))),
  );
}

export function shelf(
  catalogue: readonly Anime[] = CATALOGUE,
  weights: Csr = fallingWeights(catalogue.length),
): Pick<Bundle, 'catalogue' | 'items' | 'facets' | 'models' | 'ranker'> {
  const items = new IdMap(Int32Array.from(catalogue, ({ animeId }) => animeId));
  const model = (name: string) => new ItemWeights(name, weights, WEIGHTS);
  const bundle = {
    catalogue,
    items,
    facets: facetsOf(catalogue, items),
    models: {
      hybrid: slimOf(weights),
      collaborative: model('item-knn'),
      content: model('content'),
    },
  };
  return { ...bundle, ranker: new Ranker(bundle) };
}

/** [id], [id, status] or [id, status, rating] of each entry. */
export function listed(
  items: IdMap,
  ...entries: readonly (readonly [id: number, status?: StatusName, rating?: number])[]
): Profile {
  return profileFrom(
    entries.map(([animeId, status, rating]) => ({ animeId, status, rating })),
    items,
  ).profile;
}

/** A dataset of a few people, in an order that is not that of their ids. */
export function smallDataset(catalogue: readonly Anime[] = CATALOGUE): Dataset {
  const people: [id: number, entries: [item: number, rating: number, status: number][]][] = [
    [
      7,
      [
        [0, 9, 2],
        [3, 0, 6],
      ],
    ],
    [
      2,
      [
        [1, 8, 2],
        [2, 0, 4],
        [7, 10, 2],
      ],
    ],
    [11880, [[0, 10, 2]]],
  ];
  const flat = people.flatMap(([, entries]) => entries);
  const indptr = new Uint32Array(people.length + 1);
  people.forEach(([, entries], n) => {
    indptr[n + 1] = indptr[n] + entries.length;
  });
  return {
    fingerprint: 'f00d',
    origin: { name: 'tests', synthetic: true },
    catalogue,
    items: new IdMap(Int32Array.from(catalogue, ({ animeId }) => animeId)),
    users: new IdMap(Int32Array.from(people, ([id]) => id)),
    interactions: {
      users: people.length,
      items: catalogue.length,
      indptr,
      indices: Uint32Array.from(flat, ([item]) => item),
      ratings: Uint8Array.from(flat, ([, rating]) => rating),
      statuses: Uint8Array.from(flat, ([, , status]) => status),
    },
    parts: { train: { from: 0, to: 2 }, validation: { from: 2, to: 3 }, test: { from: 3, to: 3 } },
  };
}
