/** A random bundle and map of the size and shape of the real ones, to measure speed, not quality. */
import { Value } from 'typebox/value';
import { WeightOptions } from '../src/config/model-options.ts';
import type { Anime } from '../src/data/anime.ts';
import { type Csr, transpose } from '../src/data/csr.ts';
import type { Dataset } from '../src/data/dataset.ts';
import { IdMap } from '../src/data/id-map.ts';
import { STATUS } from '../src/data/interactions.ts';
import { type Random, random } from '../src/data/random.ts';
import { writeArtefact } from '../src/home/artefact.ts';
import { ItemWeights } from '../src/model/item-weights/item-weights.ts';
import { PARTS, partName, SlimWeights } from '../src/model/linear/slim-weights.ts';
import { writeBundle } from '../src/recommend/bundle-file.ts';
import { realTitles } from '../src/source/sample/titles.ts';
import { SIDE } from '../src/title-map/grid.ts';
import { writeMap } from '../src/title-map/map-file.ts';
import { trainingTraffic } from '../src/traffic/training-traffic.ts';

const TITLES = 17_562;
/** ids of the users: 1, 4, 7, … */
const USER_STEP = 3;
const ENTRIES_OF_A_USER = 100;
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

interface RandomBundleOptions {
  readonly seed: number;
  /** in each column of a model; default 200 */
  readonly entries?: number;
  /** default 0: recommendations over POST need none */
  readonly users?: number;
}

export async function publishRandomBundle(
  home: string,
  { seed, entries = 200, users = 0 }: RandomBundleOptions,
): Promise<void> {
  const uniform = random(seed);
  const names = await namesFrom(uniform);
  const catalogue = Array.from({ length: TITLES }, (_, item) => randomTitle(item, uniform, names));
  const weights = randomWeights(entries, uniform);
  const options = Value.Default(WeightOptions, {}) as WeightOptions;
  const models = {
    slim: new SlimWeights(
      new ItemWeights('slim', weights, options),
      PARTS.map(({ titles }) => new ItemWeights(partName(titles), weights, options)),
    ),
    itemKnn: new ItemWeights('item-knn', weights, options),
    content: new ItemWeights('content', weights, options),
  };
  const dataset = randomDataset(catalogue, users, uniform);
  // so that what is asked is counted, as with a real bundle
  const traffic = trainingTraffic(dataset, () => []);
  const { version } = await writeArtefact(home, 'bundle', (folder) =>
    writeBundle(folder, { dataset, models, traffic }),
  );
  const positions = Uint16Array.from({ length: 2 * TITLES }, () => Math.floor(SIDE * uniform()));
  await writeArtefact(home, 'map', (folder) => writeMap(folder, catalogue, positions, version));
}

type Names = (item: number) => Pick<Anime, 'title' | 'titleEnglish' | 'titleJapanese' | 'synonyms'>;

/** Names of the sample first, then ones of their words: as long and as alike as real ones, for searches. */
async function namesFrom(uniform: Random): Promise<Names> {
  const real = await realTitles();
  const words = real.flatMap(({ title }) => title.split(' '));
  const japanese = real.flatMap((title) => title.japanese ?? []);
  const one = (from: readonly string[]) => from[Math.floor(from.length * uniform())];
  const name = () =>
    Array.from({ length: 1 + Math.floor(6 * uniform()) }, () => one(words)).join(' ');
  return (item) => ({
    title: real[item]?.title ?? name(),
    titleEnglish: real[item]?.english ?? (uniform() < 0.4 ? name() : null),
    titleJapanese: real[item]?.japanese ?? `${one(japanese)} ${one(japanese)}`,
    synonyms: uniform() < 0.3 ? [name(), name()] : [],
  });
}

function randomTitle(item: number, uniform: Random, names: Names): Anime {
  const story = Math.floor(item / 3) * 3;
  const alone = uniform() < 0.5;
  return {
    animeId: 3 * item + 1,
    ...names(item),
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
    themes: [],
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
function randomWeights(entries: number, uniform: Random): Csr {
  const columns: Csr = {
    rows: TITLES,
    columns: TITLES,
    indptr: Uint32Array.from({ length: TITLES + 1 }, (_, c) => c * entries),
    indices: new Uint32Array(TITLES * entries),
    values: new Float32Array(TITLES * entries),
  };
  for (let c = 0; c < TITLES; c++) {
    const rows = new Set<number>();
    while (rows.size < entries) {
      const row = Math.floor(TITLES * uniform() ** 1.5);
      if (row !== c) rows.add(row);
    }
    columns.indices.set(Uint32Array.from(rows).sort(), c * entries);
    for (let n = 0; n < entries; n++) columns.values[c * entries + n] = 0.05 * (uniform() - 0.22);
  }
  return transpose(columns);
}

function randomDataset(catalogue: readonly Anime[], users: number, uniform: Random): Dataset {
  const none = { from: users, to: users };
  return {
    fingerprint: 'random',
    origin: { name: 'random', synthetic: true },
    catalogue,
    items: new IdMap(Int32Array.from(catalogue, ({ animeId }) => animeId)),
    users: new IdMap(Int32Array.from({ length: users }, (_, user) => 1 + USER_STEP * user)),
    interactions: randomInteractions(users, uniform),
    parts: { train: { from: 0, to: users }, validation: none, test: none },
  };
}

function randomInteractions(users: number, uniform: Random): Dataset['interactions'] {
  const entries = users * ENTRIES_OF_A_USER;
  const indices = new Uint32Array(entries);
  for (let user = 0; user < users; user++) {
    const items = new Set<number>();
    while (items.size < ENTRIES_OF_A_USER) items.add(Math.floor(TITLES * uniform() ** 3));
    indices.set(Uint32Array.from(items).sort(), user * ENTRIES_OF_A_USER);
  }
  return {
    users,
    items: TITLES,
    indptr: Uint32Array.from({ length: users + 1 }, (_, user) => user * ENTRIES_OF_A_USER),
    indices,
    ratings: Uint8Array.from({ length: entries }, () => Math.floor(11 * uniform())),
    statuses: new Uint8Array(entries).fill(STATUS.completed),
  };
}
