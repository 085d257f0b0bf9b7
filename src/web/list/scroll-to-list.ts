/** To the list; no fragment, for the address belongs to the visit. */
export function scrollToList(): void {
  const heading = document.getElementById('results-title');
  scrollUpTo(heading);
  heading?.focus({ preventScroll: true });
}

/** Where the list begins too low to be seen, up with it; what has the focus keeps it. */
export function raiseList(): void {
  const heading = document.getElementById('results-title');
  if (heading && heading.getBoundingClientRect().top > innerHeight / 2) scrollUpTo(heading);
}

function scrollUpTo(heading: HTMLElement | null): void {
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  heading?.scrollIntoView({ behavior: still ? 'auto' : 'smooth', block: 'start' });
}
