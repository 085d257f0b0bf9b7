import fc from 'fast-check';
import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { FeatureOptions } from '../../../../src/config/model-options.ts';
import { contentRows, itemFeatures } from '../../../../src/model/features/features.ts';
import { WordTable } from '../../../../src/model/features/word-table.ts';
import { anime } from '../../../support/small-dataset.ts';

const NOTHING = Value.Default(FeatureOptions, {
  genre: 0,
  studio: 0,
  source: 0,
  type: 0,
  ratingClass: 0,
  decade: 0,
  franchise: 0,
  synopsis: 0,
}) as FeatureOptions;

describe('WordTable', () => {
  it('finds the words that the regular expression finds, with one number each', () => {
    const piece = fc.constantFrom(
      'a',
      'ß',
      'é',
      "'",
      '’',
      '-',
      ' ',
      '.',
      '7',
      '愛',
      '𐐨',
      '😀',
      '\ud801',
    );
    const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 20 }), (texts) => {
        const words: string[] = [];
        const table = new WordTable((word) => words.push(word) - 1);
        for (const each of texts) {
          const numbers: number[] = [];
          table.read(each, numbers);
          const expected = each.match(/\p{L}[\p{L}'’-]{2,}/gu) ?? [];
          expect(numbers.map((number) => words[number])).toEqual([...expected]);
        }
        expect(new Set(words).size).toBe(words.length);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps every word when it grows, and passes over what its caller does not want', () => {
    const table = new WordTable((word) => (word.endsWith('a') ? -1 : Number(word.length)));
    const words = Array.from({ length: 5000 }, (_, i) => {
      const letters = [...String(i)].map((digit) => 'bcdefghijk'[Number(digit)]).join('');
      return `word${letters}`;
    });
    const first: number[] = [];
    table.read(`${words.join(' ')} banana`, first);
    expect(first).toEqual(words.map(({ length }) => length));
    const second: number[] = [];
    table.read(words.join(' '), second);
    expect(second).toEqual(first);
  });
});

describe('itemFeatures()', () => {
  const catalogue = [
    anime(1, { genres: ['Drama', 'Mecha'], synopsis: 'Robots fight; robot pilots, robots’ war.' }),
    anime(2, { genres: ['Drama'], synopsis: 'A pilot and a robot.' }),
    anime(3, { genres: ['Drama', 'Mecha', 'Mecha'], synopsis: 'Pilots meet a robot.' }),
    anime(4, { genres: [], season: 'fall', synopsis: null }),
  ];

  it('weighs a feature by its inverse document frequency, in rows of length 1', () => {
    const rows = itemFeatures(catalogue, { ...NOTHING, genre: 1 });
    const [drama, mecha] = [Math.log(4 / 3), Math.log(4 / 2)];
    const norm = Math.hypot(drama, mecha);
    expect([...rows.indptr]).toEqual([0, 2, 3, 5, 5]);
    expect([...rows.values.subarray(0, 2)]).toEqual([drama / norm, mecha / norm].map(Math.fround));
    expect(rows.values[2]).toBe(1);
  });

  it('knows seasons when asked for, and only then', () => {
    expect(itemFeatures(catalogue, NOTHING).columns).toBe(0);
    const rows = contentRows(catalogue, { ...NOTHING, season: 1 });
    expect(rows.rows).toBe(1);
    expect([...rows.indices]).toEqual([0, 1, 2]);
  });

  it('counts a term √(1 + ln occurrences) times, whatever its form', () => {
    const padded = [
      ...catalogue,
      ...Array.from({ length: 60 }, (_, i) =>
        anime(10 + i, { genres: i % 2 ? ['Music'] : ['Drama'] }),
      ),
    ];
    const rows = itemFeatures(padded, { ...NOTHING, synopsis: 1 });
    const [robot, pilot] = [rows.values[0], rows.values[1]];
    expect(rows.columns).toBe(2);
    expect(robot / pilot).toBeCloseTo(Math.sqrt(1 + Math.log(3)), 5);
  });
});
