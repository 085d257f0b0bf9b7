/** What the titles that are reasons are called in Japanese: the server's answer names them in romaji. */
import type { Recommendation } from '../api/client.ts';

/** All are asked about at once. A title that cannot be asked about keeps the name it came with. */
export async function japaneseNames(
  items: readonly Recommendation[],
  api: URL,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, string>> {
  const named = items.flatMap(({ because, insteadOf }) =>
    insteadOf ? [insteadOf.animeId] : because.map(({ animeId }) => animeId),
  );
  const animeIds = [...new Set(named)];
  if (animeIds.length === 0) return new Map();
  try {
    const response = await fetch(new URL('graphql', api), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: questionFor(animeIds) }),
      signal,
    });
    const { data } = (await response.json()) as Answer;
    return namesIn(data ?? {});
  } catch {
    return new Map();
  }
}

interface Answer {
  /** what is asked for is there, or null; absent when nothing could be answered */
  readonly data?: Readonly<
    Record<string, { animeId: number; titleJapanese: string | null } | null>
  >;
}

function questionFor(animeIds: readonly number[]): string {
  const titles = animeIds.map((animeId) => `t${animeId}: anime(animeId: ${animeId}) { ...names }`);
  return `{ ${titles.join(' ')} } fragment names on Anime { animeId titleJapanese }`;
}

function namesIn(data: NonNullable<Answer['data']>): Map<number, string> {
  const names = new Map<number, string>();
  for (const title of Object.values(data))
    if (title?.titleJapanese) names.set(title.animeId, title.titleJapanese);
  return names;
}
