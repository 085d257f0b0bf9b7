/** A random bundle of the size and shape of the real one, to measure speed, not quality. */
import { Value } from 'typebox/value';
import { WeightOptions } from '../src/config/model-options.ts';
import type { Anime } from '../src/data/anime.ts';
import { type Csr, transpose } from '../src/data/csr.ts';
import type { Dataset } from '../src/data/dataset.ts';
import { IdMap } from '../src/data/id-map.ts';
import { type Random, random } from '../src/data/random.ts';
import { writeArtefact } from '../src/home/artefact.ts';
import { ItemWeights } from '../src/model/item-weights/item-weights.ts';
import { PARTS, partName, SlimWeights } from '../src/model/linear/slim-weights.ts';
import { writeBundle } from '../src/recommend/bundle-file.ts';

const TITLES = 17_562;
const ENTRIES = 200;
const GENRES = [
  'Action',
  'Comedy',
  'Drama',
  'Fantasy',
  'Mecha',
  'Mystery',
  'Romance',
  'School',
  'Sci-Fi',
  'Slice of Life',
];

export async function publishRandomBundle(home: string, seed: number): Promise<void> {
  const uniform = random(seed);
  const catalogue = Array.from({ length: TITLES }, (_, item) => randomTitle(item, uniform));
  const weights = randomWeights(uniform);
  const options = Value.Default(WeightOptions, {}) as WeightOptions;
  const models = {
    slim: new SlimWeights(
      new ItemWeights('slim', weights, options),
      PARTS.map(({ titles }) => new ItemWeights(partName(titles), weights, options)),
    ),
    itemKnn: new ItemWeights('item-knn', weights, options),
    content: new ItemWeights('content', weights, options),
  };
  await writeArtefact(home, 'bundle', (folder) =>
    writeBundle(folder, { dataset: withoutUsers(catalogue), models }),
  );
}

function randomTitle(item: number, uniform: Random): Anime {
  const story = Math.floor(item / 3) * 3;
  const alone = uniform() < 0.5;
  return {
    animeId: 3 * item + 1,
    title: `Random Title ${item}`,
    titleEnglish: null,
    titleJapanese: `無作為 ${item}`,
    synonyms: [],
    type: uniform() < 0.4 ? 'TV' : 'OVA',
    episodes: 12,
    year: 1970 + Math.floor(50 * uniform()),
    season: 'spring',
    airedFrom: '2009-04-05',
    airedTo: '2009-09-20',
    duration: 24,
    source: 'Manga',
    ratingClass: 'PG-13',
    adult: uniform() < 0.08,
    genres: GENRES.filter(() => uniform() < 0.3),
    studios: [`Studio ${Math.floor(300 * uniform())}`],
    members: Math.floor(2_000_000 * Math.exp(-item / 1500)),
    meanScore: 7,
    synopsis: 'About as long as a synopsis is. '.repeat(16),
    franchise: alone
      ? null
      : {
          franchiseId: 3 * story + 1,
          name: 'Story',
          position: 1 + (item % 3),
          size: 3,
          prerequisite: item > story ? 3 * story + 1 : null,
        },
  };
}

/** All columns have the same number of entries; popular titles occur in more of them. */
function randomWeights(uniform: Random): Csr {
  const columns: Csr = {
    rows: TITLES,
    columns: TITLES,
    indptr: Uint32Array.from({ length: TITLES + 1 }, (_, c) => c * ENTRIES),
    indices: new Uint32Array(TITLES * ENTRIES),
    values: new Float32Array(TITLES * ENTRIES),
  };
  for (let c = 0; c < TITLES; c++) {
    const rows = new Set<number>();
    while (rows.size < ENTRIES) {
      const row = Math.floor(TITLES * uniform() ** 1.5);
      if (row !== c) rows.add(row);
    }
    columns.indices.set(Uint32Array.from(rows).sort(), c * ENTRIES);
    for (let n = 0; n < ENTRIES; n++) columns.values[c * ENTRIES + n] = 0.05 * (uniform() - 0.22);
  }
  return transpose(columns);
}

/** A dataset without users: recommendations over POST need none. */
function withoutUsers(catalogue: readonly Anime[]): Dataset {
  const none = { from: 0, to: 0 };
  return {
    fingerprint: 'random',
    origin: { name: 'random', synthetic: true },
    catalogue,
    items: new IdMap(Int32Array.from(catalogue, ({ animeId }) => animeId)),
    users: new IdMap(new Int32Array(0)),
    interactions: {
      users: 0,
      items: TITLES,
      indptr: new Uint32Array(1),
      indices: new Uint32Array(0),
      ratings: new Uint8Array(0),
      statuses: new Uint8Array(0),
    },
    parts: { train: none, validation: none, test: none },
  };
}
