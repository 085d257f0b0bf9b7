import { describe, expect, it } from 'vitest';
import { nameIn, otherNames, secondName } from '../../../../src/web/title/title-names.ts';
import { anime, mushishi } from '../../../support/anime.ts';

describe('names', () => {
  it('nameIn() falls back to romaji where a title has no name in the script', () => {
    expect(nameIn(mushishi, 'japanese')).toEqual({ text: '蟲師', lang: 'ja' });
    expect(nameIn(mushishi, 'english')).toEqual({ text: 'Mushi-Shi', lang: 'en' });
    expect(nameIn(anime({}), 'japanese')).toEqual({ text: 'A title', lang: 'ja-Latn' });
    expect(nameIn(anime({}), 'english').text).toBe('A title');
  });

  it('otherNames() tells each other name once, and not one that differs in spacing alone', () => {
    const texts = (script: 'romaji' | 'japanese') =>
      otherNames(mushishi, script).map(({ text }) => text);
    expect(texts('romaji')).toEqual(['蟲師']);
    expect(texts('japanese')).toEqual(['Mushishi']);
    expect(otherNames(anime({}), 'english')).toEqual([]);
  });

  it('secondName() is the Latin one that tells most', () => {
    const titan = anime({ title: 'Shingeki no Kyojin', titleEnglish: 'Attack on Titan' });
    expect(secondName(titan, 'romaji')?.text).toBe('Attack on Titan');
    expect(secondName(titan, 'english')?.text).toBe('Shingeki no Kyojin');
    expect(
      secondName(
        anime({ title: 'Alchemist: Brother', titleEnglish: 'Alchemist:Brother' }),
        'romaji',
      ),
    ).toBeNull();
  });
});
