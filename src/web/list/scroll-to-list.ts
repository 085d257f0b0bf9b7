/** Scrolls to the list. A link with a fragment would change the address, which holds the visit. */
export function scrollToList(): void {
  const heading = document.getElementById('results-title');
  scrollUpTo(heading);
  heading?.focus({ preventScroll: true });
}

/** Scrolls to the list when it begins in the lower half of the window; the focus stays. */
export function revealList(): void {
  const heading = document.getElementById('results-title');
  if (heading && heading.getBoundingClientRect().top > innerHeight / 2) scrollUpTo(heading);
}

function scrollUpTo(heading: HTMLElement | null): void {
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  heading?.scrollIntoView({ behavior: still ? 'auto' : 'smooth', block: 'start' });
}
