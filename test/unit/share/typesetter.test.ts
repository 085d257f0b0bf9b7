import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MEASURED_SIZE, Typesetter } from '../../../src/share/typesetter.ts';

/** A font with printable ASCII and …, each letter half an em wide, and a sign of 0.7 em for the rest. */
const has = (letter: string) => /[ -~…]/.test(letter);
const advance = (letter: string) => (has(letter) ? 0.5 : 0.7) * MEASURED_SIZE;
const type = new Typesetter((text) => ({
  x: 5,
  width: Array.from(text).reduce((sum, letter) => sum + advance(letter), -10),
}));

describe('Typesetter', () => {
  it('leaves out letters that the font lacks, and the gaps they leave', () => {
    expect(type.readable('Kimi no Na wa. 君の名は。 (film)', 800)).toBe('Kimi no Na wa. (film)');
    expect(type.readable('君の名は。', 800)).toBe('');
    expect(type.readable(' a\tb\n\nc ', 500)).toBe('a b c');
  });

  it('measures what is readable', () => {
    expect(type.widthOf('abcd', 800)).toBeCloseTo(2);
    expect(type.widthOf('', 800)).toBe(0);
  });

  it('breaks lines between words, words that are wider than a line, and says when there is more', () => {
    const lines = (text: string, most = 9) => type.lines(text, 800, { width: 5, most });
    expect(lines('one two three four')).toEqual(['one two', 'three four']);
    expect(lines('abcdefghijklmno pq')).toEqual(['abcdefghij', 'klmno pq']);
    expect(lines('one two three four', 1)).toEqual(['one two t…']);
    expect(lines('')).toEqual([]);
  });

  it('no line is wider than asked for, and nothing is lost unless the lines are used up', () => {
    const words = fc.array(fc.string({ maxLength: 30 }), { maxLength: 12 });
    fc.assert(
      fc.property(
        words,
        fc.integer({ min: 2, max: 12 }),
        fc.integer({ min: 1, max: 5 }),
        (given, width, most) => {
          const text = type.readable(given.join(' '), 800);
          const lines = type.lines(text, 800, { width, most });
          expect(lines.length).toBeLessThanOrEqual(most);
          for (const line of lines)
            expect(type.widthOf(line, 800)).toBeLessThanOrEqual(width + 1e-9);
          if (!lines.at(-1)?.endsWith('…') || text.endsWith('…'))
            expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
        },
      ),
    );
  });
});
