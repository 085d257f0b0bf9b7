import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PhraseTable, wordsOf } from '../../../../src/data/themes/phrases.ts';

const text = fc.string({ unit: fc.constantFrom(...'aest yi’.-猫É1') });

describe('wordsOf()', () => {
  it('has no plurals, possessives, case or punctuation', () => {
    expect(wordsOf('The Witches’ time-machines; stories, buses & glasses!')).toEqual([
      ...['the', 'witch', 'time', 'machine', 'story', 'buse', 'glass'],
    ]);
    expect(wordsOf('')).toEqual([]);
  });

  it('is the same for its own words', () => {
    fc.assert(
      fc.property(text, (any) => {
        const words = wordsOf(any);
        expect(words.every((word) => /^[\p{L}\p{N}]+$/u.test(word))).toBe(true);
        expect(wordsOf(any.toUpperCase().toLowerCase())).toEqual(words);
      }),
    );
  });
});

describe('PhraseTable', () => {
  it('finds every occurrence, overlapping ones too, and no part of a word', () => {
    const table = new PhraseTable<string>();
    for (const phrase of ['time', 'time machine', 'machine time']) table.add(phrase, phrase);
    const found: [string, number][] = [];
    table.find(wordsOf('A time machine: time, timely machines.'), (phrase, at) =>
      found.push([phrase, at]),
    );
    expect(found).toEqual([
      ['time', 1],
      ['time machine', 1],
      ['machine time', 2],
      ['time', 3],
    ]);
  });

  it('finds what a search for each phrase in the words finds', () => {
    const word = fc.constantFrom('sea', 'ship', 'cat', 'girl');
    const phrase = fc.array(word, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(phrase, { maxLength: 6 }), fc.array(word), (phrases, words) => {
        const table = new PhraseTable<number>();
        phrases.forEach((one, n) => {
          table.add(one.join(' '), n);
        });
        const found: string[] = [];
        table.find(words, (n, at) => found.push(`${n} ${at}`));
        const expected = phrases.flatMap((one, n) =>
          [...words.keys()]
            .filter((at) => words.slice(at, at + one.length).join() === one.join())
            .map((at) => `${n} ${at}`),
        );
        expect(found.sort()).toEqual(expected.sort());
      }),
    );
  });
});
