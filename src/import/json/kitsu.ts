/** Kitsu's entries name their title by a number of Kitsu; names and MyAnimeList's number stand beside the list. */
import { isObject, type JsonObject } from './records.ts';

export class KitsuEntries {
  /** "anime 1" → what Kitsu says of it */
  readonly #titles = new Map<string, JsonObject>();
  /** "anime 1" → MyAnimeList's id */
  readonly #ids = new Map<string, string>();

  /** @returns null when the entries are not Kitsu's */
  static in(value: unknown, first: JsonObject): KitsuEntries | null {
    const isJsonApi = first.type === 'libraryEntries' || first.type === 'library-entries';
    const { media } = first;
    if (!isJsonApi && !(isObject(media) && isObject(media.mappings))) return null;
    const entries = new KitsuEntries();
    const included = isObject(value) && Array.isArray(value.included) ? value.included : [];
    for (const one of included) if (isObject(one)) entries.#include(one);
    return entries;
  }

  read(record: JsonObject): JsonObject {
    const { attributes, relationships, media } = record;
    if (isObject(media)) return { ...record, mal_id: malIdIn(media.mappings) ?? '' };
    const key = keyOf(relationships, 'anime') ?? keyOf(relationships, 'media');
    const isManga = keyOf(relationships, 'manga') !== null || key?.startsWith('manga ');
    return {
      ...(isObject(attributes) ? attributes : {}),
      anime: key === null ? null : this.#titles.get(key),
      mal_id: (key && this.#ids.get(key)) ?? '',
      type: isManga ? 'manga' : '',
    };
  }

  #include(one: JsonObject): void {
    const { type, id, attributes, relationships } = one;
    if (!isObject(attributes)) return;
    if (type === 'anime' || type === 'manga') {
      this.#titles.set(`${type} ${String(id)}`, attributes);
      return;
    }
    if (type !== 'mappings' || attributes.externalSite !== 'myanimelist/anime') return;
    const key = keyOf(relationships, 'item') ?? keyOf(relationships, 'media');
    if (key !== null) this.#ids.set(key, String(attributes.externalId));
  }
}

/** "anime 1" */
function keyOf(relationships: unknown, name: string): string | null {
  if (!isObject(relationships)) return null;
  const relation = relationships[name];
  const data = isObject(relation) ? relation.data : null;
  return isObject(data) ? `${String(data.type)} ${String(data.id)}` : null;
}

function malIdIn(mappings: unknown): unknown {
  const nodes = isObject(mappings) && Array.isArray(mappings.nodes) ? mappings.nodes : [];
  const found = nodes.find(
    (node) => isObject(node) && /^myanimelist[/_]anime$/i.test(String(node.externalSite)),
  );
  return isObject(found) ? found.externalId : undefined;
}
