/**
 * Relations between titles, and their tags, from an anime-offline-database file (manami-project; JSON):
 * { data: [{ sources: ["https://myanimelist.net/anime/5114", …], synonyms: […], relatedAnime: [urls], tags: […], … }] }.
 */
import { readFile } from 'node:fs/promises';
import { OsusumeError } from '../../error.ts';
import type { Anime } from '../anime.ts';
import type { Entry } from './links.ts';

export interface Relation {
  readonly synonyms: readonly string[];
  /** animeIds; the kind of relation is not known */
  readonly related: readonly number[];
  /** in small letters */
  readonly tags: readonly string[];
}

/** By animeId. */
export type Relations = ReadonlyMap<number, Relation>;

/** @throws OsusumeError when the file cannot be read or is not an anime-offline-database */
export async function readRelations(path: string): Promise<Relations> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new OsusumeError(
      `Cannot read the relations file ${path} (${(error as Error).message}). ${REMEDY}`,
    );
  }
  try {
    return parseRelations(JSON.parse(text));
  } catch (error) {
    throw new OsusumeError(
      `${path} is not an anime-offline-database file: ${(error as Error).message}. ${REMEDY}`,
    );
  }
}

const REMEDY =
  'Download anime-offline-database.json from github.com/manami-project/anime-offline-database, or leave the option out';

/** @throws TypeError that says what is malformed */
export function parseRelations(value: unknown): Relations {
  const data = (value as { data?: unknown } | null)?.data;
  if (!Array.isArray(data)) throw new TypeError('it has no list "data"');
  const relations = new Map<number, Relation>();
  data.forEach((entry: unknown, index) => {
    const fields = (entry ?? {}) as Record<string, unknown>;
    const { sources, synonyms = [], relatedAnime = [], tags = [] } = fields;
    const lists = { sources, synonyms, relatedAnime, tags };
    for (const [name, list] of Object.entries(lists)) {
      if (!Array.isArray(list) || !list.every((text) => typeof text === 'string')) {
        throw new TypeError(`"${name}" of entry ${index} is not a list of texts`);
      }
    }
    const related = (relatedAnime as string[]).flatMap(animeIdOf);
    const relation = {
      synonyms: synonyms as string[],
      related,
      tags: (tags as string[]).map((tag) => tag.toLowerCase()),
    };
    for (const animeId of (sources as string[]).flatMap(animeIdOf))
      relations.set(animeId, relation);
  });
  return relations;
}

function animeIdOf(url: string): number[] {
  const found = /^https?:\/\/myanimelist\.net\/anime\/(\d{1,9})(?:\/|$)/.exec(url);
  return found ? [Number(found[1])] : [];
}

/** Adds the synonyms of the relations file. */
export function withSynonyms(anime: Anime, relations: Relations | null): Anime {
  const found = relations?.get(anime.animeId);
  if (!found) return anime;
  const own = new Set([anime.title, anime.titleEnglish, anime.titleJapanese, ...anime.synonyms]);
  const others = [...new Set(found.synonyms)].filter(
    (synonym) => synonym.trim() !== '' && !own.has(synonym),
  );
  return { ...anime, synonyms: [...anime.synonyms, ...others] };
}

/**
 * Pairs (indices into `entries`) that the file relates. A crossover ("Isekai Quartet") is related to several stories but
 * does not join them: only its relations within the story of its own title are kept.
 * @param storyOf the story of an entry according to its title
 */
export function relationLinks(
  entries: readonly Entry[],
  relations: Relations,
  storyOf: (index: number) => number,
): [number, number][] {
  const indexOf = new Map(entries.map(({ anime }, index) => [anime.animeId, index]));
  const related = entries.map(({ anime }, index) =>
    (relations.get(anime.animeId)?.related ?? [])
      .flatMap((animeId) => indexOf.get(animeId) ?? [])
      .filter((other) => other !== index),
  );
  const sizes = new Map<number, number>();
  for (let index = 0; index < entries.length; index++)
    sizes.set(storyOf(index), (sizes.get(storyOf(index)) ?? 0) + 1);
  const isCrossover = related.map((others, index) => {
    const stories = new Set(
      others
        .map(storyOf)
        .filter((story) => story !== storyOf(index) && (sizes.get(story) ?? 0) > 1),
    );
    return stories.size >= 2;
  });
  const links: [number, number][] = [];
  related.forEach((others, index) => {
    for (const other of others) {
      const within = storyOf(index) === storyOf(other);
      if (within || !(isCrossover[index] || isCrossover[other])) links.push([index, other]);
    }
  });
  return links;
}
