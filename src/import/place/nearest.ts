/** The titles that a name may mean, when none goes by it: for a person to choose from. */
import type { Anime } from '../../data/anime.ts';
import { nameKey } from '../../search/search-terms.ts';

/** Titles to choose from. */
export const NEAREST = 3;
/** Of the letters of two names, the share of pairs of letters in common that makes one a misspelling of the other. */
const ALIKE = 0.6;

/** What nearest titles are looked for in; a search of the catalogue. */
export type Find = (name: string, options: { limit: number }) => readonly Anime[];

export interface Nearest {
  readonly titles: readonly Anime[];
  /** whether the name may be a misspelling of the first of them */
  readonly isAlike: boolean;
}

const NONE: Nearest = { titles: [], isAlike: false };

/** Letters of a name that are searched for. */
const LONGEST = 100;

export function nearestTo(name: string, find: Find): Nearest {
  // The title of another year is what the name may mean.
  const short = name.slice(0, LONGEST).replace(/\s*\((?:19|20)\d\d\)$/, '');
  if (nameKey(short) === '') return NONE;
  const found = find(short, { limit: 3 * NEAREST });
  const ranked = found
    .map((anime) => ({ anime, likeness: likenessOf(short, anime) }))
    .sort((a, b) => b.likeness - a.likeness);
  return {
    titles: ranked.slice(0, NEAREST).map(({ anime }) => anime),
    isAlike: ranked.length > 0 && ranked[0].likeness >= ALIKE,
  };
}

function likenessOf(name: string, { title, titleEnglish, titleJapanese, synonyms }: Anime): number {
  const names = [title, titleEnglish, titleJapanese, ...synonyms.slice(0, 20)];
  return names.reduce((most, own) => Math.max(most, own === null ? 0 : likeness(name, own)), 0);
}

/** Dice's coefficient of the pairs of letters, 0–1. */
export function likeness(a: string, b: string): number {
  const [one, other] = [pairsOf(a), pairsOf(b)];
  let common = 0;
  let size = 0;
  for (const [pair, count] of one) {
    common += Math.min(count, other.get(pair) ?? 0);
    size += count;
  }
  for (const count of other.values()) size += count;
  return size === 0 ? 0 : (2 * common) / size;
}

function pairsOf(name: string): Map<string, number> {
  const key = `^${nameKey(name)}$`;
  const pairs = new Map<string, number>();
  for (let at = 0; at + 1 < key.length; at++) {
    const pair = key.slice(at, at + 2);
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return pairs;
}
