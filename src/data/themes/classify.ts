/**
 * Which themes a title has. A theme counts what speaks for it and is given from 1 on:
 *
 *   1    a phrase that says it in the title or at the beginning of the synopsis, a genre that means it, or a tag
 *   0.5  each such phrase later in the synopsis, where it is often said of something in passing
 *   0.5  each different phrase that hints at it, and a genre that goes with it where a phrase was found
 *
 * Phrases and genres that speak against it forbid it, whatever else is found, but for tags. Everything that is counted
 * stands in evidence/; nothing is fitted.
 */
import type { Anime } from '../anime.ts';
import { CONFLICT } from './evidence/conflict.ts';
import type { Evidence } from './evidence/evidence.ts';
import { PEOPLE } from './evidence/people.ts';
import { WORLDS } from './evidence/worlds.ts';
import { PhraseTable, wordsOf } from './phrases.ts';
import { THEMES } from './theme-names.ts';

export const THRESHOLD = 1;
/** Words of a synopsis that say what a title is about. */
const BEGINNING = 45;

export type ClassifiedTitle = Pick<
  Anime,
  'title' | 'titleEnglish' | 'genres' | 'synopsis' | 'animeId'
>;

type Part = 'says' | 'hints' | 'not' | 'titles';
interface Meaning {
  readonly theme: number;
  readonly part: Part;
  readonly phrase: string;
}

const TABLE: Readonly<Record<string, Evidence | undefined>> = { ...WORLDS, ...PEOPLE, ...CONFLICT };
const EVIDENCE: readonly Evidence[] = THEMES.map(({ id }) => TABLE[id] ?? {});

const listed = (phrases: string | undefined): string[] => phrases?.split(', ') ?? [];

const inSynopses = new PhraseTable<Meaning>();
const inTitles = new PhraseTable<Meaning>();
/** tag in small letters → places in THEMES */
const byTag = new Map<string, number[]>();
EVIDENCE.forEach((evidence, theme) => {
  for (const part of ['says', 'hints', 'not'] as const)
    for (const phrase of new Set(listed(evidence[part]).map((words) => wordsOf(words).join(' '))))
      inSynopses.add(phrase, { theme, part, phrase });
  for (const phrase of listed(evidence.titles))
    inTitles.add(phrase, { theme, part: 'titles', phrase });
  const { id, en } = THEMES[theme];
  for (const tag of new Set([id, en.toLowerCase(), ...listed(evidence.tags)]))
    byTag.set(tag, [...(byTag.get(tag) ?? []), theme]);
});

/** What speaks for one theme. */
interface Count {
  readonly hints: Set<string>;
  points: number;
  isForbidden: boolean;
}

/**
 * @param tags in small letters, from an anime-offline-database file or the built-in sample
 * @returns ids, in the order of THEMES
 */
export function themesOf(title: ClassifiedTitle, tags: readonly string[] = []): string[] {
  const tagged = new Set(tags.flatMap((tag) => byTag.get(tag) ?? []));
  const counts = countsOf(title);
  return THEMES.flatMap(({ id }, theme) =>
    tagged.has(theme) || pointsFor(theme, counts.get(theme), title.genres) >= THRESHOLD ? [id] : [],
  );
}

function pointsFor(
  theme: number,
  count: Count | undefined,
  genres: ClassifiedTitle['genres'],
): number {
  const evidence = EVIDENCE[theme];
  const has = (names: readonly string[] | undefined) =>
    names?.some((name) => genres.includes(name)) ?? false;
  if (count?.isForbidden || has(evidence.without)) return 0;
  if (evidence.only && !has(evidence.only)) return 0;
  if (has(evidence.genres)) return THRESHOLD;
  if (!count || count.points === 0) return 0;
  return count.points + (has(evidence.with) ? 0.5 : 0);
}

function countsOf({ title, titleEnglish, synopsis }: ClassifiedTitle): Map<number, Count> {
  const counts = new Map<number, Count>();
  const add = ({ theme, part, phrase }: Meaning, at: number) => {
    const count = counts.get(theme) ?? { hints: new Set(), points: 0, isForbidden: false };
    counts.set(theme, count);
    if (part === 'not') count.isForbidden = true;
    else if (part === 'titles') count.points++;
    else if (part === 'says')
      count.points += at < BEGINNING || EVIDENCE[theme].anywhere ? THRESHOLD : 0.5;
    else if (!count.hints.has(phrase)) {
      count.hints.add(phrase);
      count.points += 0.5;
    }
  };
  inSynopses.find(wordsOf(story(synopsis)), add);
  for (const name of [title, titleEnglish]) if (name) inTitles.find(wordsOf(name), add);
  return counts;
}

/** The synopsis without its source. */
function story(synopsis: string | null): string {
  return (synopsis ?? '').replace(/[([](?:source|written by)\b[^)\]]*[)\]]/gi, ' ');
}
