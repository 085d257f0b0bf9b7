/** With which year a catalogue ends. */
import type { Catalogue } from '../anime.ts';

const KNOWN = new WeakMap<Catalogue, number | null>();

/** The latest year of a title that people have scored: announced titles have no score yet. Null = no year is known. */
export function lastYearOf(catalogue: Catalogue): number | null {
  const known = KNOWN.get(catalogue);
  if (known !== undefined) return known;
  let last: number | null = null;
  for (const { year, meanScore } of catalogue) {
    if (year !== null && meanScore !== null && (last === null || year > last)) last = year;
  }
  KNOWN.set(catalogue, last);
  return last;
}
