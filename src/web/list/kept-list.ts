/** The last list that arrived, kept in this browser: what there is to show when the server is gone. */
import { type Recommended, readRecommended } from '../app/answers.ts';
import { asAnswer } from '../picks/kept-titles.ts';

const KEY = 'osusume.list';

export function keepList(
  items: readonly Recommended[],
  storage: () => Storage = () => localStorage,
): void {
  try {
    storage().setItem(
      KEY,
      JSON.stringify(items.map((item) => ({ ...item, anime: asAnswer(item.anime) }))),
    );
  } catch {
    // Forbidden or full: the list lasts as long as the page.
  }
}

/** null when none was kept, or what was kept cannot be read. */
export function keptList(storage: () => Storage = () => localStorage): Recommended[] | null {
  try {
    const kept: unknown = JSON.parse(storage().getItem(KEY) ?? 'null');
    return Array.isArray(kept) && kept.length > 0 ? kept.map(readRecommended) : null;
  } catch {
    return null;
  }
}
