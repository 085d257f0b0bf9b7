/** The names of a title's status at the sites that lists come from. */
import { STATUS, type StatusName } from '../data/interactions.ts';

const OTHER_WORDS: Readonly<Record<string, StatusName>> = {
  current: 'watching',
  currently_watching: 'watching',
  repeating: 'completed',
  rewatching: 'completed',
  finished: 'completed',
  watched: 'completed',
  seen: 'completed',
  onhold: 'on_hold',
  paused: 'on_hold',
  stalled: 'on_hold',
  // The page's own name for titles that a person is not interested in.
  "won't_watch": 'dropped',
  plantowatch: 'plan_to_watch',
  planned: 'plan_to_watch',
  planning: 'plan_to_watch',
  want_to_watch: 'plan_to_watch',
  ptw: 'plan_to_watch',
};

const CODES = new Map<string, StatusName>(
  Object.entries(STATUS).map(([name, code]) => [String(code), name as StatusName]),
);

/** A name in any spelling ("Plan to Watch"), or MyAnimeList's code; null for any other text. */
export function statusFrom(text: string): StatusName | null {
  const word = text
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
  if (Object.hasOwn(STATUS, word)) return word as StatusName;
  return CODES.get(word) ?? (Object.hasOwn(OTHER_WORDS, word) ? OTHER_WORDS[word] : null);
}

/** For an unknown status: a title that was scored or started counts as seen. */
export function likelyStatus(scored: boolean, started: boolean): StatusName {
  return scored || started ? 'completed' : 'plan_to_watch';
}
