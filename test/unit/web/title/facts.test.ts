import { describe, expect, it } from 'vitest';
import { en } from '../../../../src/web/i18n/en.ts';
import { rounded } from '../../../../src/web/i18n/format.ts';
import { ja } from '../../../../src/web/i18n/ja.ts';
import { factsLine } from '../../../../src/web/title/facts.ts';
import { anime, mushishi } from '../../../support/anime.ts';

describe('facts', () => {
  it('factsLine() names year, kind, length and genres', () => {
    expect(factsLine(en, mushishi)).toBe('2005 · TV · 26 ep · Adventure, Mystery, Slice of Life');
    expect(factsLine(ja, mushishi)).toBe(
      '2005年 · テレビ · 26話 · アドベンチャー、ミステリー、日常',
    );
    expect(factsLine(en, anime({ type: 'Movie', episodes: 1, year: 2016 }))).toBe('2016 · Film');
    expect(factsLine(ja, anime({ genres: ['Unheard of'] }))).toBe('Unheard of');
    expect(factsLine(en, anime({}))).toBe('');
  });

  it('facts.sentence() reads as a sentence whatever is unknown', () => {
    const { sentence } = en.facts;
    expect(sentence(mushishi)).toBe(
      'A 26-episode TV series from autumn 2005 by Artland, from a manga: adventure, mystery, slice of life and seinen.',
    );
    expect(
      sentence(anime({ type: 'OVA', episodes: 1, studios: ['A', 'B'], source: 'Unheard of' })),
    ).toBe('An OVA by A and B.');
    expect(sentence(anime({ episodes: 8, type: 'ONA' }))).toBe('An 8-episode web series.');
    expect(sentence(anime({ episodes: 110 }))).toBe('A 110-episode title.');
    expect(sentence(anime({}))).toBe('A title.');
  });

  it('facts.sentence() reads as sentences in Japanese too', () => {
    const { sentence } = ja.facts;
    expect(sentence(mushishi)).toBe(
      '2005年秋のテレビシリーズ、全26話。制作はArtland、原作は漫画。アドベンチャー、ミステリー、日常、青年。',
    );
    expect(sentence(anime({ type: 'OVA', episodes: 1, studios: ['A', 'B'] }))).toBe(
      'OVA。制作はA、B。',
    );
    expect(sentence(anime({}))).toBe('作品。');
  });

  it('facts.crowd() leaves out what is not known', () => {
    expect(en.facts.crowd(mushishi)).toBe('8.7 from the people who scored it, on 712,000 lists.');
    expect(en.facts.crowd(anime({ members: 3 }))).toBe('Not scored yet, on 3 lists.');
    expect(en.facts.crowd(anime({}))).toBeNull();
    expect(ja.facts.crowd(mushishi)).toBe(
      '評価した人の平均は8.7、71.2万人がリストに入れています。',
    );
    expect(ja.facts.crowd(anime({}))).toBeNull();
  });

  it('rounded() keeps three leading digits', () => {
    expect([0, 7, 999, 1234, 712_483].map(rounded)).toEqual([0, 7, 999, 1230, 712_000]);
  });
});
