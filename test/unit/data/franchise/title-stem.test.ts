import { describe, expect, it } from 'vitest';
import { japaneseStem, titleStem } from '../../../../src/data/franchise/title-stem.ts';

const stemOf = (title: string) => {
  const { words, numbers } = titleStem(title);
  return [words.join(' '), numbers];
};

describe('titleStem()', () => {
  it.each([
    ['Shingeki no Kyojin Season 3 Part 2', 'shingeki no kyojin', [3, 2]],
    ['Shingeki no Kyojin: The Final Season', 'shingeki no kyojin', [Number.POSITIVE_INFINITY]],
    ['Haikyuu!! Second Season', 'haikyuu', [2]],
    ['Boku no Hero Academia 4th Season', 'boku no hero academia', [4]],
    ['Overlord III', 'overlord', [3]],
    ['Psycho-Pass 2', 'psycho pass', [2]],
    ['Major S4', 'major', [4]],
    ['Initial D Fourth Stage', 'initial d', [4]],
    ['Evangelion: 2.0 You Can (Not) Advance', 'evangelion you can not advance', [2]],
    ['JoJo no Kimyou na Bouken (TV)', 'jojo no kimyou na bouken', []],
    ['Aria the Animation', 'aria', []],
    ['Zoku Natsume Yuujinchou', 'natsume yuujinchou', []],
  ])('reads the season of %s', (title, words, numbers) => {
    expect(stemOf(title)).toEqual([words, numbers]);
  });

  it.each([
    ['Mob Psycho 100', 'mob psycho 100'],
    ['K', 'k'],
    ['Steins;Gate 0', 'steins gate 0'],
    ['11eyes', '11eyes'],
    ['Hunter x Hunter', 'hunter x hunter'],
    ['OVA', 'ova'],
    ['Movie', 'movie'],
    ['Persona 4 the Animation', 'persona 4'],
  ])('leaves the name of %s alone', (title, words) => {
    expect(stemOf(title)).toEqual([words, []]);
  });

  it('says where the number stands and what it counts', () => {
    expect(titleStem('Kara no Kyoukai 3: Tsuukaku Zanryuu')).toMatchObject({
      numberAt: 3,
      counted: '',
    });
    expect(titleStem('Naruto Movie 2: Maboroshi').counted).toBe('movie');
    expect(titleStem('Hunter x Hunter (2011)').year).toBe(2011);
  });

  it('returns no words when the title has no letters', () => {
    expect(titleStem('☆☆☆').words).toEqual([]);
    expect(titleStem('').words).toEqual([]);
  });
});

describe('japaneseStem()', () => {
  it.each([
    ['劇場版 ソードアート・オンライン', 'ソードアートオンライン'],
    ['暗殺教室　第２期', '暗殺教室'],
    ['進撃の巨人 Season2', '進撃の巨人'],
    ['ハイキュー!! セカンドシーズン', 'ハイキュー'],
    ['映画けいおん!', 'けいおん'],
  ])('strips what only says how it was shown: %s', (title, stem) => {
    expect(japaneseStem(title)).toBe(stem);
  });
});
