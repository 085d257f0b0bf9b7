/** A small synthetic dataset for tests: two tastes, seeded; people of a taste mostly list and like titles of it. */
import type { Anime } from '../../src/data/anime.ts';
import type { Dataset } from '../../src/data/dataset.ts';
import { IdMap } from '../../src/data/id-map.ts';
import { STATUS } from '../../src/data/interactions.ts';
import { random } from '../../src/data/random.ts';

export interface SmallOptions {
  readonly people?: number;
  readonly titles?: number;
  readonly seed?: number;
  /** the last titles that nobody lists */
  readonly unlisted?: number;
}

export function anime(animeId: number, more: Partial<Anime> = {}): Anime {
  return {
    animeId,
    title: `Title ${animeId}`,
    titleEnglish: null,
    titleJapanese: null,
    synonyms: [],
    type: 'TV',
    episodes: 12,
    year: 2010,
    season: 'spring',
    airedFrom: '2010-04-01',
    airedTo: '2010-06-30',
    duration: 24,
    source: 'Manga',
    ratingClass: 'PG-13',
    adult: false,
    genres: [],
    studios: [],
    members: 1000,
    meanScore: 7.5,
    synopsis: null,
    themes: [],
    franchise: null,
    ...more,
  };
}

export function smallDataset({
  people = 240,
  titles = 60,
  seed = 3,
  unlisted = 2,
}: SmallOptions = {}): Dataset {
  const uniform = random(seed);
  const tasteOf = (item: number) => item % 2;
  const catalogue = Array.from({ length: titles }, (_, item) =>
    anime(100 + item, {
      genres: tasteOf(item) ? ['Mecha', 'Sci-Fi'] : ['Romance', 'School'],
      studios: [`Studio ${item % 7}`],
      members: 10_000 - 100 * item,
      synopsis: tasteOf(item)
        ? 'Giant robots clash above a ruined colony.'
        : 'Classmates confess feelings beneath cherry blossoms.',
    }),
  );
  const indptr = new Uint32Array(people + 1);
  const entries: [number, number, number][] = [];
  for (let user = 0; user < people; user++) {
    const taste = user % 2;
    for (let item = 0; item < titles - unlisted; item++) {
      const mine = tasteOf(item) === taste;
      if (uniform() > (mine ? 0.6 : 0.15) * (1 - item / (2 * titles))) continue;
      const status = uniform() < 0.05 ? STATUS.plan_to_watch : STATUS.completed;
      const rating =
        status === STATUS.plan_to_watch || uniform() < 0.1
          ? 0
          : Math.round((mine ? 8 : 5) + 2 * (uniform() - 0.5));
      entries.push([item, rating, status]);
    }
    indptr[user + 1] = entries.length;
  }
  const train = people - 2 * Math.floor(people / 6);
  const validation = train + Math.floor(people / 6);
  return {
    fingerprint: 'f'.repeat(64),
    origin: { name: 'small', synthetic: true },
    catalogue,
    items: new IdMap(Int32Array.from(catalogue, ({ animeId }) => animeId)),
    users: new IdMap(Int32Array.from({ length: people }, (_, user) => user + 1)),
    interactions: {
      users: people,
      items: titles,
      indptr,
      indices: Uint32Array.from(entries, ([item]) => item),
      ratings: Uint8Array.from(entries, ([, rating]) => rating),
      statuses: Uint8Array.from(entries, ([, , status]) => status),
    },
    parts: {
      train: { from: 0, to: train },
      validation: { from: train, to: validation },
      test: { from: validation, to: people },
    },
  };
}
