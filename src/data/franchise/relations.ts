/** Relations between titles, from an anime-offline-database (offline-database.ts) or from the source of the ratings. */
import type { Anime } from '../anime.ts';
import { type OfflineEntry, readOfflineDatabase } from '../catalogue/offline-database.ts';
import type { Entry } from './links.ts';

export interface Relation {
  readonly synonyms: readonly string[];
  /** animeIds; the kind of relation is not known */
  readonly related: readonly number[];
  /** in small letters */
  readonly tags: readonly string[];
  /** of these, the prequels, where kinds are known */
  readonly before?: readonly number[];
}

/** By animeId. */
export type Relations = ReadonlyMap<number, Relation>;

/** @throws OsusumeError when the file cannot be read or is not an anime-offline-database */
export async function readRelations(path: string): Promise<Relations> {
  return relationsOf(await readOfflineDatabase(path));
}

export function relationsOf(entries: readonly OfflineEntry[]): Relations {
  const relations = new Map<number, Relation>();
  for (const { animeIds, synonyms, related, tags } of entries) {
    const relation = { synonyms, related, tags: tags.map((tag) => tag.toLowerCase()) };
    for (const animeId of animeIds) relations.set(animeId, relation);
  }
  return relations;
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
