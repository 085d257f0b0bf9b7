import { beforeAll, describe, expect, it } from 'vitest';
import { abbreviates } from '../../../src/search/abbreviation.ts';
import { fold } from '../../../src/search/fold.ts';
import { nameKey, queryTerms, titleTerms } from '../../../src/search/search-terms.ts';
import { TitleSearch } from '../../../src/search/title-search.ts';
import { anime } from '../../support/small-catalogue.ts';

const NAMES: [
  title: string,
  english: string | null,
  japanese: string | null,
  members: number,
  synonyms?: string[],
][] = [
  ['Shingeki no Kyojin', 'Attack on Titan', '進撃の巨人', 2_000_000],
  [
    'Fullmetal Alchemist: Brotherhood',
    null,
    '鋼の錬金術師 FULLMETAL ALCHEMIST',
    1_900_000,
    ['ハガレン'],
  ],
  ['Steins;Gate', null, 'STEINS;GATE', 1_700_000],
  ['Sword Art Online', null, 'ソードアート・オンライン', 1_600_000],
  ['Shingeki no Kyojin Season 2', 'Attack on Titan Season 2', '進撃の巨人 Season2', 1_200_000],
  ['Steins;Gate 0', null, 'シュタインズ・ゲート ゼロ', 700_000],
  ['Jujutsu Kaisen', null, '呪術廻戦', 650_000],
  ['Cowboy Bebop', null, 'カウボーイビバップ', 600_000],
  ['K-On!', null, 'けいおん!', 500_000],
  ['Mushishi', null, '蟲師', 400_000],
  ['Pokémon', 'Pokemon', 'ポケットモンスター', 300_000],
  ['Shin Evangelion Night', null, null, 9_000],
  // "stiens" is a short form of it, too.
  ['Sakura Taisen: Sumire', 'Sakura Wars: Sumire Independent Episode', null, 1_100],
  ['Mushi', null, null, 20_000],
  ['Mushimushi', null, null, 150_000],
  ['Mushimushi Story', null, null, 10],
];
const catalogue = [
  ...NAMES.map(([title, titleEnglish, titleJapanese, members, synonyms = []], at) =>
    // ids of no real title, which would have further names
    anime({ animeId: 900_000 + at, title, titleEnglish, titleJapanese, members, synonyms }),
  ),
  anime({ animeId: 100, title: 'Shin Adult', adult: true, members: 100 }),
];

let search: TitleSearch;
beforeAll(async () => {
  search = await TitleSearch.of(catalogue);
});

const first = (query: string) => search.find(query, { limit: 1 })[0]?.title;

describe('TitleSearch.find()', () => {
  it('completes the word that is being typed', () => {
    expect(first('kyojin s')).toBe('Shingeki no Kyojin Season 2');
    expect(first('k on')).toBe('K-On!');
  });

  it.each([
    ['Shingeki no Kyojin', 'Shingeki no Kyojin'],
    ['shingeki', 'Shingeki no Kyojin'],
    ['attack tit', 'Shingeki no Kyojin'],
    ['season shingeki', 'Shingeki no Kyojin Season 2'],
    ['stiens gate', 'Steins;Gate'],
    ['stiens', 'Steins;Gate'],
    ['steinsgate', 'Steins;Gate'],
    ['STEINS;GATE 0', 'Steins;Gate 0'],
    ['cowboy bepop', 'Cowboy Bebop'],
    ['pokemon', 'Pokémon'],
    ['k-on', 'K-On!'],
    ['kon', 'K-On!'],
    ['mu', 'Mushishi'],
    ['mushi', 'Mushi'],
  ])('finds what is meant by "%s" in romaji and English', (query, title) => {
    expect(first(query)).toBe(title);
  });

  it.each([
    ['進撃', 'Shingeki no Kyojin'],
    ['鋼', 'Fullmetal Alchemist: Brotherhood'],
    ['ハガレン', 'Fullmetal Alchemist: Brotherhood'],
    ['はがれん', 'Fullmetal Alchemist: Brotherhood'],
    ['ｶｳﾎﾞｰｲ', 'Cowboy Bebop'],
    ['かうぼーい', 'Cowboy Bebop'],
    ['ケイオン', 'K-On!'],
    ['ＳＴＥＩＮＳ', 'Steins;Gate'],
    ['しゅたいんず', 'Steins;Gate 0'],
    ['巨人', 'Shingeki no Kyojin'],
  ])('finds what is meant by "%s" in Japanese, whatever the kana and the width', (query, title) => {
    expect(first(query)).toBe(title);
  });

  it.each([
    ['fma', 'Fullmetal Alchemist: Brotherhood'],
    ['fmab', 'Fullmetal Alchemist: Brotherhood'],
    ['aot', 'Shingeki no Kyojin'],
    ['snk', 'Shingeki no Kyojin'],
    ['sao', 'Sword Art Online'],
    ['jjk', 'Jujutsu Kaisen'],
  ])('takes "%s" for the abbreviation that it is', (query, title) => {
    expect(first(query)).toBe(title);
  });

  it('puts the better known title first among equal matches', () => {
    expect(search.find('shingeki', { limit: 5 }).map(({ title }) => title)).toEqual([
      'Shingeki no Kyojin',
      'Shingeki no Kyojin Season 2',
    ]);
    expect(search.find('sh', { limit: 2 }).map(({ title }) => title)).toEqual([
      'Shingeki no Kyojin',
      'Shingeki no Kyojin Season 2',
    ]);
  });

  it('hides adult titles unless asked', () => {
    expect(search.find('shin adult').map(({ title }) => title)).not.toContain('Shin Adult');
    expect(search.find('shin adult', { adult: true })[0].title).toBe('Shin Adult');
    expect(search.find('').some(({ adult }) => adult)).toBe(false);
  });

  it('lists the most listed titles when the query is empty, and nothing when it is noise', () => {
    expect(search.find('  ', { limit: 2 }).map(({ title }) => title)).toEqual([
      'Shingeki no Kyojin',
      'Fullmetal Alchemist: Brotherhood',
    ]);
    for (const noise of ['zzzzqqqq', '!!!', '🙂', '\u0000', '鬱鬱'])
      expect(search.find(noise)).toEqual([]);
    expect(search.find('shingeki', { limit: 0 })).toEqual([]);
  });

  it('never returns a title twice', () => {
    for (const query of ['s', 'shin', 'steins', 'fma', 'shingeki no kyojin']) {
      const ids = search.find(query, { limit: 100 }).map(({ animeId }) => animeId);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  it('finds a name of very many words, and of many misspelt ones', async () => {
    const words = Array.from({ length: 30 }, (_, n) => `${'abcdefghij'[n % 10]}longword${n}x`);
    const other = anime({ animeId: 2, title: words.slice(20).join(' '), members: 5 });
    const title = words.join(' ');
    const search = await TitleSearch.of([other, anime({ animeId: 1, title, members: 1 })]);
    const misspelt = words.slice(20).map((word) => word.replace('word', 'wrod'));
    expect(search.find(title)[0].animeId).toBe(1);
    expect(search.find(words.toReversed().join(' '))[0].animeId).toBe(1);
    expect(search.find(misspelt.join(' '))[0].animeId).toBe(2);
  });

  it('works on an empty catalogue', async () => {
    const empty = await TitleSearch.of([]);
    expect([...empty.find(''), ...empty.find('naruto'), ...empty.find('n')]).toEqual([]);
  });
});

describe('search terms', () => {
  it('fold() makes width, case, accents and kana one', () => {
    expect(fold('Ｐｏｋéｍｏｎ')).toBe('pokemon');
    expect(fold('ｶﾞｰﾙｽﾞ')).toBe(fold('がーるず'));
    expect(fold('が')).not.toBe(fold('か'));
    expect(nameKey("K-On's!")).toBe('kons');
  });

  it('queryTerms() asks for terms that titleTerms() gives', () => {
    for (const name of ['Steins;Gate', '進撃の巨人', 'ソードアート・オンライン', '蟲']) {
      for (const term of queryTerms(name)) expect(titleTerms(name)).toContain(term);
    }
    expect(queryTerms('')).toEqual([]);
  });
});

describe('abbreviates()', () => {
  it('counts the leading words that the letters go through', () => {
    expect(abbreviates('fma', ['fullmetal', 'alchemist', 'brotherhood'])).toBe(2);
    expect(abbreviates('aot', ['attack', 'on', 'titan'])).toBe(3);
    expect(abbreviates('jjk', ['jujutsu', 'kaisen'])).toBe(2);
    expect(abbreviates('ful', ['fullmetal', 'alchemist'])).toBe(0);
    expect(abbreviates('fxa', ['fullmetal', 'alchemist'])).toBe(0);
    expect(abbreviates('aaaaaa', ['aaaaaa', 'aaaaaa', 'aaaaaa', 'aaaaaa'])).toBe(4);
    expect(abbreviates('a', [])).toBe(0);
  });
});
