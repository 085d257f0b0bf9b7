/**
 * Which posters the server has by now. Titles in view are asked for together, again and again with growing pauses until
 * each has come or cannot; nothing is asked while the page is hidden, and a failure is only a longer pause.
 */
import { MAX_POSTERS } from '../../api/constants/limits.ts';
import { api } from '../ui/api.ts';

/** Milliseconds: the first lets titles that come into view together be asked for together. */
const PAUSES = [60, 700, 1000, 1500, 2500, 4000, 6000, 10_000, 15_000, 30_000];
/** How far below the window a poster is fetched ahead. */
const AHEAD = '300px';

interface Watched {
  readonly animeId: number;
  readonly onReady: () => void;
}

const known = new Map<number, 'ready' | 'none'>();
const watched = new Map<Element, Watched>();
const inView = new Set<Element>();
let observer: IntersectionObserver | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
let asking = false;
let attempt = 0;
/** the server fetches no posters */
let off = false;

export function hasArrived(animeId: number): boolean {
  return known.get(animeId) === 'ready';
}

/**
 * Calls `onReady` once the server has the poster, as long as the element is in view.
 * @returns stops watching
 */
export function watchPoster(element: Element, animeId: number, onReady: () => void): () => void {
  if (off || known.has(animeId)) return () => {};
  watched.set(element, { animeId, onReady });
  observer ??= newObserver();
  observer.observe(element);
  return () => leave(element);
}

function newObserver(): IntersectionObserver {
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) askSoon();
  });
  return new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting && watched.has(target)) inView.add(target);
        else inView.delete(target);
      }
      if (entries.some(({ isIntersecting }) => isIntersecting)) askSoon();
    },
    { rootMargin: AHEAD },
  );
}

function leave(element: Element): void {
  observer?.unobserve(element);
  watched.delete(element);
  inView.delete(element);
}

/** Something new is in view: the pauses begin anew. */
function askSoon(): void {
  attempt = 0;
  if (!asking) plan();
}

function plan(): void {
  clearTimeout(timer);
  if (off || inView.size === 0) return;
  timer = setTimeout(ask, PAUSES[Math.min(attempt++, PAUSES.length - 1)]);
}

async function ask(): Promise<void> {
  const animeIds = [...new Set([...inView].map((element) => watched.get(element)?.animeId ?? 0))];
  if (document.hidden || animeIds.length === 0) return;
  asking = true;
  try {
    const answer = await api().getPosters(animeIds.slice(0, MAX_POSTERS));
    off = answer.posters === 'off';
    for (const { animeId, state } of answer.items)
      if (state !== 'coming') known.set(animeId, state);
    tell();
  } catch {
    // The drawn posters stand; the next try comes after a longer pause.
  }
  asking = false;
  plan();
}

function tell(): void {
  for (const [element, { animeId, onReady }] of [...watched]) {
    if (!off && !known.has(animeId)) continue;
    leave(element);
    if (hasArrived(animeId)) onReady();
  }
}
