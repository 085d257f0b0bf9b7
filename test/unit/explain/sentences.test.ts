import { describe, expect, it } from 'vitest';
import { Sentences } from '../../../src/explain/sentences.ts';

describe('Sentences', () => {
  const cut = (text: string, names: string[] = [], size = 3) => {
    const sentences = new Sentences(names);
    const found: string[] = [];
    for (let at = 0; at < text.length; at += size)
      found.push(...sentences.push(text.slice(at, at + size)));
    return [...found, sentences.end()].map((sentence) => sentence.trim()).filter(Boolean);
  };

  it.each([
    ['One. Two! Three? Four', ['One.', 'Two!', 'Three?', 'Four']],
    ['一つ目。二つ目！『三つ目。』です。', ['一つ目。', '二つ目！', '『三つ目。』', 'です。']],
    [
      'Rated 8.7 by Dr. Stone fans vs. others. End.',
      ['Rated 8.7 by Dr. Stone fans vs. others.', 'End.'],
    ],
    ['', []],
  ])('cuts %s', (text, expected) => {
    for (const size of [1, 3, 100]) expect(cut(text, [], size)).toEqual(expected);
  });

  it('does not cut names', () => {
    for (const size of [1, 4, 100]) {
      expect(cut('You loved Hibike! Euphonium a lot. Yes.', ['Hibike! Euphonium'], size)).toEqual([
        'You loved Hibike! Euphonium a lot.',
        'Yes.',
      ]);
      expect(cut('『響け！ユーフォニアム』です。はい。', ['響け！ユーフォニアム'], size)).toEqual([
        '『響け！ユーフォニアム』です。',
        'はい。',
      ]);
    }
  });
});
