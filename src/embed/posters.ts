/** Shows real posters over the drawn ones once the server has fetched them. */
import type { OsusumeClient, Posters } from '../api/client.ts';

/** milliseconds between requests: the server takes a while to fetch missing posters */
const PAUSES = [2000, 4000, 8000, 16_000];

/** Asks a few times which posters are ready, until all available ones are shown or `signal` is aborted. */
export async function showPosters(
  list: HTMLElement,
  client: OsusumeClient,
  signal: AbortSignal,
): Promise<void> {
  const wanted = new Map<number, Element>();
  for (const link of list.querySelectorAll<HTMLElement>('[data-anime]')) {
    const poster = link.querySelector('.poster');
    if (poster) wanted.set(Number(link.dataset.anime), poster);
  }
  for (const pause of [...PAUSES, null]) {
    const states = await statesOf([...wanted.keys()], client, signal);
    for (const { animeId, state } of states) {
      const poster = wanted.get(animeId);
      if (state === 'ready' && poster) show(poster, client.posterUrl(animeId));
      if (state !== 'coming') wanted.delete(animeId);
    }
    if (states.length === 0 || wanted.size === 0 || pause === null) return;
    await new Promise((resolve) => setTimeout(resolve, pause));
    if (signal.aborted) return;
  }
}

function show(poster: Element, url: URL): void {
  const image = new Image();
  image.alt = '';
  image.onload = () => image.classList.add('here');
  image.onerror = () => image.remove();
  image.src = url.href;
  poster.append(image);
}

/** Empty when the server serves no posters or does not answer: the drawn ones stay. */
async function statesOf(
  animeIds: readonly number[],
  client: OsusumeClient,
  signal: AbortSignal,
): Promise<Posters['items']> {
  if (animeIds.length === 0) return [];
  try {
    const { posters, items } = await client.getPosters(animeIds, { signal });
    return posters === 'on' ? items : [];
  } catch {
    return [];
  }
}
