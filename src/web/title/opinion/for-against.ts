/** What speaks for a title and what speaks against it, of an opinion, as entries to show: strongest first. */
import type { Opinion } from '../../../api/client.ts';
import type { Group } from '../messages-en.ts';

export type Point =
  /** a score of the list, and what it adds to the expected score */
  | {
      readonly by: 'score';
      readonly animeId: number;
      readonly title: string;
      readonly rating: number;
      readonly points: number;
    }
  /** a title of the list that the model counts against this one */
  | { readonly by: 'title'; readonly animeId: number; readonly title: string }
  /** the mean of all scores of the title */
  | { readonly by: 'everyone'; readonly mean: number }
  /** how the person scores beside everyone, in points of the expected score */
  | { readonly by: 'level'; readonly points: number }
  | { readonly by: 'group'; readonly group: Group };

export interface ForAgainst {
  readonly for: readonly Point[];
  readonly against: readonly Point[];
}

/** Smaller points would be shown as 0.0. */
const LEAST_POINTS = 0.05;
/** What everyone gives speaks for a title from here on, and against it up to there. */
const GOOD_MEAN = 8;
const POOR_MEAN = 6.5;
const LEAST_LEVEL = 0.2;
const MOST_SCORES = 2;
/** of its score: a smaller share against it is nothing to name */
const LEAST_SHARE = -0.02;

/** @param mean of all scores of the title; null = unknown */
export function forAndAgainst(opinion: Opinion, mean: number | null): ForAgainst {
  const { raising, lowering, against, expected, speakingFor, speakingAgainst } = opinion;
  const scores = (list: Opinion['raising']): Point[] =>
    list
      .filter(({ points }) => Math.abs(points) >= LEAST_POINTS)
      .slice(0, MOST_SCORES)
      .map((score) => ({ by: 'score', ...score }));
  const groups = (list: readonly Group[]): Point[] => list.map((group) => ({ by: 'group', group }));
  const down = scores(lowering);
  const named = new Set(lowering.map(({ animeId }) => animeId));
  const titles = against
    .filter(({ animeId, shareOfScore }) => shareOfScore <= LEAST_SHARE && !named.has(animeId))
    .slice(0, Math.max(0, MOST_SCORES - down.length))
    .map(({ animeId, title }): Point => ({ by: 'title', animeId, title }));
  const everyone: Point[] = mean === null ? [] : [{ by: 'everyone', mean }];
  const level: Point[] =
    Math.abs(expected.level) >= LEAST_LEVEL ? [{ by: 'level', points: expected.level }] : [];
  return {
    for: [
      ...scores(raising),
      ...groups(speakingFor),
      ...(mean !== null && mean >= GOOD_MEAN ? everyone : []),
      ...(expected.level > 0 ? level : []),
    ],
    against: [
      ...down,
      ...titles,
      ...groups(speakingAgainst),
      ...(mean !== null && mean <= POOR_MEAN ? everyone : []),
      ...(expected.level < 0 ? level : []),
    ],
  };
}
