/** To the list; no fragment, for the address belongs to the visit. */
export function jumpToList(): void {
  const heading = document.getElementById('results-title');
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  heading?.scrollIntoView({ behavior: still ? 'auto' : 'smooth', block: 'start' });
  heading?.focus({ preventScroll: true });
}
