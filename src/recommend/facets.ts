/** What the rules look at, as columns over all items: a rule over 17,562 titles takes microseconds. */
import { ANIME_TYPES, type Catalogue } from '../data/anime.ts';
import { type Broadcast, broadcastOf, collectedOn } from '../data/catalogue/broadcast.ts';
import { isLeftOutByDefault, ownKind } from '../data/franchise/part-kind.ts';
import type { IdMap } from '../data/id-map.ts';
import { ageLevelOf } from './age-level.ts';
import { type Followers, followersOf } from './followers.ts';

export interface Facets {
  readonly items: number;
  /** 1 = adult */
  readonly adult: Uint8Array;
  /** 1 + index in ANIME_TYPES; 0 = unknown */
  readonly types: Uint8Array;
  /** 0 = unknown */
  readonly years: Uint16Array;
  readonly members: Uint32Array;
  /** of the title that has most */
  readonly mostMembers: number;
  /** 0 = unknown */
  readonly meanScores: Float32Array;
  /** 0 = unknown */
  readonly episodes: Uint32Array;
  /** minutes of an episode; 0 = unknown */
  readonly durations: Float32Array;
  /** 1 + index in AGE_RATINGS; 0 = unknown, 6 = adult */
  readonly ageLevels: Uint8Array;
  /** place in BROADCASTS */
  readonly broadcasts: Uint8Array;
  /** 1 = music, 2 = recap, picture drama or promotional video, 0 = neither */
  readonly extras: Uint8Array;
  /** studio in small letters → its titles */
  readonly studios: ReadonlyMap<string, readonly number[]>;
  /** id of a theme → its titles */
  readonly themes: ReadonlyMap<string, readonly number[]>;
  /** all genre names, by their bit */
  readonly genres: readonly string[];
  /** items × words: the genres of a title as bits */
  readonly genreBits: Uint32Array;
  readonly words: number;
  /** the number of its franchise; −1 = a title of its own */
  readonly franchises: Int32Array;
  /** the item to have seen first; −1 = none */
  readonly prerequisites: Int32Array;
  /** the other way round */
  readonly followers: Followers;
}

export const BROADCASTS: readonly Broadcast[] = ['unknown', 'finished', 'airing', 'unaired'];

/** @throws RangeError when prerequisites form a cycle */
export function facetsOf(catalogue: Catalogue, items: IdMap): Facets {
  const genres = [...new Set(catalogue.flatMap((anime) => anime.genres))].sort();
  const words = Math.max(1, Math.ceil(genres.length / 32));
  const franchiseIds = new Map<number, number>();
  const franchiseNumber = (id: number) => {
    if (!franchiseIds.has(id)) franchiseIds.set(id, franchiseIds.size);
    return franchiseIds.get(id) as number;
  };
  const collected = collectedOn(catalogue);
  const prerequisites = Int32Array.from(catalogue, ({ franchise }) =>
    items.indexOf(franchise?.prerequisite ?? -1),
  );
  checkPrerequisites(prerequisites, catalogue);
  const facets: Facets = {
    items: catalogue.length,
    adult: Uint8Array.from(catalogue, ({ adult }) => (adult ? 1 : 0)),
    types: Uint8Array.from(catalogue, ({ type }) =>
      type === null ? 0 : 1 + ANIME_TYPES.indexOf(type),
    ),
    years: Uint16Array.from(catalogue, ({ year }) => year ?? 0),
    members: Uint32Array.from(catalogue, ({ members }) => members),
    mostMembers: catalogue.reduce((most, { members }) => Math.max(most, members), 0),
    meanScores: Float32Array.from(catalogue, ({ meanScore }) => meanScore ?? 0),
    episodes: Uint32Array.from(catalogue, ({ episodes }) => episodes ?? 0),
    durations: Float32Array.from(catalogue, ({ duration }) => duration ?? 0),
    ageLevels: Uint8Array.from(catalogue, ageLevelOf),
    broadcasts: Uint8Array.from(catalogue, (anime) =>
      BROADCASTS.indexOf(broadcastOf(anime, collected)),
    ),
    extras: Uint8Array.from(catalogue, (anime) => {
      const kind = ownKind(anime);
      if (kind === 'music') return 1;
      return isLeftOutByDefault(kind) ? 2 : 0;
    }),
    studios: titlesBy(catalogue, ({ studios }) => studios.map((name) => name.toLowerCase())),
    themes: titlesBy(catalogue, ({ themes }) => themes),
    genres,
    genreBits: new Uint32Array(catalogue.length * words),
    words,
    franchises: Int32Array.from(catalogue, ({ franchise }) =>
      franchise ? franchiseNumber(franchise.franchiseId) : -1,
    ),
    prerequisites,
    followers: followersOf(prerequisites),
  };
  catalogue.forEach((anime, item) => {
    facets.genreBits.set(genreMask(facets, anime.genres), item * words);
  });
  return facets;
}

function titlesBy(
  catalogue: Catalogue,
  namesOf: (anime: Catalogue[number]) => readonly string[],
): Map<string, number[]> {
  const titles = new Map<string, number[]>();
  catalogue.forEach((anime, item) => {
    for (const name of namesOf(anime)) {
      const others = titles.get(name);
      if (others) others.push(item);
      else titles.set(name, [item]);
    }
  });
  return titles;
}

/** The bits of some genres; names that no title has are ignored. */
export function genreMask(
  { genres, words }: Pick<Facets, 'genres' | 'words'>,
  names: readonly string[],
): Uint32Array {
  const mask = new Uint32Array(words);
  for (const name of names) {
    const bit = genres.indexOf(name);
    if (bit >= 0) mask[bit >>> 5] |= 1 << (bit & 31);
  }
  return mask;
}

/** Following prerequisites from any title must come to an end. */
function checkPrerequisites(prerequisites: Int32Array, catalogue: Catalogue): void {
  const walkOf = new Int32Array(prerequisites.length).fill(-1);
  for (let start = 0; start < prerequisites.length; start++) {
    for (let item = start; item >= 0 && walkOf[item] < 0; item = prerequisites[item]) {
      walkOf[item] = start;
      const next = prerequisites[item];
      if (next >= 0 && walkOf[next] === start) {
        throw new RangeError(
          `The prerequisites of "${catalogue[item].title}" (${catalogue[item].animeId}) go round in a circle`,
        );
      }
    }
  }
}
