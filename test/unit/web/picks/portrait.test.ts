import { describe, expect, it } from 'vitest';
import { en } from '../../../../src/web/i18n/en.ts';
import { ja } from '../../../../src/web/i18n/ja.ts';
import { portrait } from '../../../../src/web/picks/portrait.ts';
import { mushishi } from '../../../support/anime.ts';

describe('portrait', () => {
  const one = (rating: number | null) => ({
    anime: mushishi,
    rating,
    status: 'completed' as const,
  });

  it('portrait() counts and averages, and divides by no scores never', () => {
    const ofScores = (ratings: (number | null)[]) => portrait(en, { ratings: ratings.map(one) });
    expect(ofScores([8, 7, null])).toBe(
      '3 titles on their list, 2 of them scored, 7.5 on average.',
    );
    expect(ofScores([null])).toBe('1 title on their list, none of them scored.');
    expect(ofScores([])).toBe('0 titles on their list, none of them scored.');
    expect(portrait(ja, { ratings: [one(8)] })).toBe('リストに1作品、うち1作品を採点、平均は8.0。');
  });
});
