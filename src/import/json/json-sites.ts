/** What is particular about the JSON of each site: which number is MyAnimeList's, what its codes mean, its scale. */
import { type Note, note } from '../list/imported-list.ts';
import type { Scale } from '../list/scale.ts';
import { KitsuEntries } from './kitsu.ts';
import { isObject, type JsonObject } from './records.ts';

export interface JsonSite {
  /** null = unknown */
  readonly name: string | null;
  readonly owner: string | null;
  readonly scale: Scale | null;
  readonly isMixed: boolean;
  /** The record as one whose names say what they are. */
  read(record: JsonObject): JsonObject | 'deleted';
  notes(): Note[];
}

export function siteOf(value: unknown, records: readonly JsonObject[]): JsonSite {
  const [first] = records;
  const plain = { owner: ownerIn(value), scale: null, isMixed: false, notes: () => [] };
  if ('series_type' in first && 'series_id' in first) return new AniListArchive(plain.owner);
  if ('media' in first || 'mediaId' in first)
    return {
      ...{ ...plain, name: 'AniList', scale: aniListScale(value) },
      read: (record) => (record.media === null ? 'deleted' : record),
    };
  const kitsu = KitsuEntries.in(value, first);
  if (kitsu) return { ...plain, name: 'Kitsu', read: (record) => kitsu.read(record) };
  if ('target_type' in first && 'target_id' in first)
    return {
      ...{ ...plain, name: 'Shikimori' },
      read: ({ target_id, ...record }) => ({ ...record, mal_id: target_id }),
    };
  return otherSite(value, first, plain);
}

function otherSite(
  value: unknown,
  first: JsonObject,
  plain: Omit<JsonSite, 'name' | 'read'>,
): JsonSite {
  const { anime, node, show, movie } = first;
  if (isObject(anime) && ('russian' in anime || 'malId' in anime))
    return { ...plain, name: 'Shikimori', read: (record) => withIdOf(record, 'anime') };
  if (isObject(node))
    return { ...plain, name: 'MyAnimeList', read: (record) => withIdOf(record, 'node') };
  if (isObject(show) || isObject(movie)) {
    const isSimkl = 'user_rating' in first || 'watched_episodes_count' in first;
    return { ...plain, name: isSimkl ? 'Simkl' : 'Trakt', isMixed: true, read: (record) => record };
  }
  const isAnimePlanet = isObject(value) && isObject(value.export) && Array.isArray(value.entries);
  if (isAnimePlanet)
    return { ...plain, name: 'Anime-Planet', scale: '1-5', read: (record) => record };
  const isLoad = 'anime_title' in first && 'anime_id' in first;
  return { ...plain, name: isLoad ? 'MyAnimeList' : null, read: (record) => record };
}

/** The id of the title inside the entry is MyAnimeList's. */
function withIdOf(record: JsonObject, inside: string): JsonObject {
  const title = record[inside];
  const id = isObject(title) ? (title.malId ?? title.id) : undefined;
  return { ...record, mal_id: id };
}

/** Its codes for statuses. */
const ANILIST_STATUSES = [
  'watching',
  'plan to watch',
  'completed',
  'dropped',
  'paused',
  'rewatching',
];
/**
 * AniList began with MyAnimeList's numbers; titles that it has added since have numbers of its own from 20,000 on.
 */
const FIRST_OWN_ID = 20_000;

/** The archive of one's data that AniList gives: numbers only, and those of AniList. */
class AniListArchive implements JsonSite {
  readonly name = 'AniList';
  readonly scale = '1-100';
  readonly isMixed = false;
  readonly owner: string | null;
  #foreign = 0;

  constructor(owner: string | null) {
    this.owner = owner;
  }

  read(record: JsonObject): JsonObject {
    const { series_type, series_id, status, score, progress } = record;
    const isShared = Number(series_id) < FIRST_OWN_ID;
    if (!isShared && Number(series_type) === 0) this.#foreign++;
    return {
      mal_id: isShared ? series_id : '',
      title: isShared ? '' : `AniList ${Number(series_id)}`,
      type: Number(series_type) === 1 ? 'manga' : '',
      status: ANILIST_STATUSES[Number(status)] ?? '',
      score,
      progress,
    };
  }

  notes(): Note[] {
    return this.#foreign > 0 ? [note('anilist-ids', { count: this.#foreign })] : [];
  }
}

const FORMATS: Readonly<Record<string, Scale>> = {
  POINT_100: '1-100',
  POINT_10_DECIMAL: '1-10',
  POINT_10: '1-10',
  POINT_5: '1-5',
  POINT_3: '1-3',
};

function aniListScale(value: unknown): Scale | null {
  const format = memberIn(value, /^scoreFormat$/, 5);
  return typeof format === 'string' ? (FORMATS[format] ?? null) : null;
}

function ownerIn(value: unknown): string | null {
  if (!isObject(value)) return null;
  const { user } = value;
  const inUser = isObject(user) ? (user.name ?? user.display_name ?? user.username) : user;
  const named = inUser ?? value.user_name ?? value.username ?? ownerDeep(value);
  return typeof named === 'string' && named !== '' ? named.slice(0, 40) : null;
}

function ownerDeep(value: JsonObject): unknown {
  const user = memberIn(value, /^user$/, 3);
  return isObject(user) ? user.name : null;
}

/** The first member with that name, in objects only. */
function memberIn(value: unknown, name: RegExp, depth: number): unknown {
  if (depth === 0 || !isObject(value)) return undefined;
  for (const [key, member] of Object.entries(value)) if (name.test(key)) return member;
  for (const member of Object.values(value)) {
    const found = memberIn(member, name, depth - 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
