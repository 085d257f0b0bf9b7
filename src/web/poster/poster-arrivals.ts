/**
 * Finds out which posters the server has fetched. One request asks for all titles in view; it is repeated with growing
 * pauses until each poster is ready or known to be missing, but not while the page is hidden.
 */
import { MAX_POSTERS } from '../../api/constants/limits.ts';
import { api } from '../ui/api.ts';

/** Pauses in milliseconds; the first collects titles that come into view together. */
const PAUSES = [60, 700, 1000, 1500, 2500, 4000, 6000, 10_000, 15_000, 30_000];
/** How far outside the window posters are requested ahead. */
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
let isRequesting = false;
let attempt = 0;
/** true when the server does not serve posters */
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
    if (!document.hidden) requestSoon();
  });
  return new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting && watched.has(target)) inView.add(target);
        else inView.delete(target);
      }
      if (entries.some(({ isIntersecting }) => isIntersecting)) requestSoon();
    },
    { rootMargin: AHEAD },
  );
}

function leave(element: Element): void {
  observer?.unobserve(element);
  watched.delete(element);
  inView.delete(element);
}

/** Something new is in view: start again with the shortest pause. */
function requestSoon(): void {
  attempt = 0;
  if (!isRequesting) schedule();
}

function schedule(): void {
  clearTimeout(timer);
  if (off || inView.size === 0) return;
  timer = setTimeout(requestPosters, PAUSES[Math.min(attempt++, PAUSES.length - 1)]);
}

async function requestPosters(): Promise<void> {
  const animeIds = [...new Set([...inView].map((element) => watched.get(element)?.animeId ?? 0))];
  if (document.hidden || animeIds.length === 0) return;
  isRequesting = true;
  try {
    const answer = await api().getPosters(animeIds.slice(0, MAX_POSTERS));
    off = answer.posters === 'off';
    for (const { animeId, state } of answer.items)
      if (state !== 'coming') known.set(animeId, state);
    notify();
  } catch {
    // The drawn posters stay; the next attempt follows after a longer pause.
  }
  isRequesting = false;
  schedule();
}

function notify(): void {
  for (const [element, { animeId, onReady }] of [...watched]) {
    if (!off && !known.has(animeId)) continue;
    leave(element);
    if (hasArrived(animeId)) onReady();
  }
}
