/** Japanese names of the titles given as reasons, which the list names in romaji. */
import type { OsusumeClient, Recommendation } from '../api/client.ts';

/** One request for all. A title that cannot be found keeps its romaji name. */
export async function japaneseNames(
  items: readonly Recommendation[],
  client: OsusumeClient,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, string>> {
  const named = items.flatMap(({ because, insteadOf }) =>
    insteadOf ? [insteadOf.animeId] : because.map(({ animeId }) => animeId),
  );
  const animeIds = [...new Set(named)];
  if (animeIds.length === 0) return new Map();
  try {
    const { data } = await client.graphql(queryFor(animeIds), undefined, { signal });
    return namesIn(data as Titles | null | undefined);
  } catch {
    return new Map();
  }
}

/** null = not in the catalogue */
type Titles = Readonly<Record<string, { animeId: number; titleJapanese: string | null } | null>>;

function queryFor(animeIds: readonly number[]): string {
  const titles = animeIds.map((animeId) => `t${animeId}: anime(animeId: ${animeId}) { ...names }`);
  return `{ ${titles.join(' ')} } fragment names on Anime { animeId titleJapanese }`;
}

function namesIn(titles: Titles | null | undefined): Map<number, string> {
  const names = new Map<number, string>();
  for (const title of Object.values(titles ?? {}))
    if (title?.titleJapanese) names.set(title.animeId, title.titleJapanese);
  return names;
}
