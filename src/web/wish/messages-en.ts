/** Chips of the rules that a wish can set. */
import type { AgeRating, Airing } from '../../api/constants/enums.ts';

export const wishChipsEn = {
  /** `most` null = open */
  episodes: (least: number, most: number | null): string => {
    if (most === null) return `${least} episodes or more`;
    if (least === most) return least === 1 ? '1 episode' : `${least} episodes`;
    return least <= 1 ? `up to ${most} episodes` : `${least}–${most} episodes`;
  },
  length: (minutes: number): string => `up to ${minutes} minutes each`,
  score: (least: number): string => `scored ${least}+`,
  airing: (airing: Airing): string => (airing === 'finished' ? 'finished' : 'still airing'),
  studio: (name: string): string => `by ${name}`,
  withoutStudio: (name: string): string => `not by ${name}`,
  age: (rating: AgeRating): string => (rating === 'G' ? 'rated G' : `rated ${rating} at most`),
  laterParts: 'no later parts of what you have seen',
};
export type WishChips = typeof wishChipsEn;
