/** What the titles that are reasons are called in Japanese: the server's answer names them in romaji. */
import type { OsusumeClient, Recommendation } from '../client/client.ts';

/** A title that cannot be asked about keeps the name it came with. */
export async function japaneseNames(
  items: readonly Recommendation[],
  client: OsusumeClient,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, string>> {
  const named = items.flatMap(({ because, insteadOf }) =>
    insteadOf ? [insteadOf.animeId] : because.map(({ animeId }) => animeId),
  );
  const names = new Map<number, string>();
  const learn = async (animeId: number) => {
    const { titleJapanese } = await client.getAnime(animeId, { signal });
    if (titleJapanese) names.set(animeId, titleJapanese);
  };
  await Promise.allSettled([...new Set(named)].map(learn));
  return names;
}
