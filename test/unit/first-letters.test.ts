import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstLetters } from '../../src/first-letters.ts';

describe('firstLetters()', () => {
  it('leaves what is short enough as it is, and cuts plain letters at the length', () => {
    expect(firstLetters('Mushishi', 8)).toBe('Mushishi');
    expect(firstLetters('Mushishi', 4)).toBe('Mush');
    expect(firstLetters('蟲師 続章', 2)).toBe('蟲師');
    expect(firstLetters('Mushishi', 0)).toBe('');
  });

  it('cuts no letter in two: pairs of units, accents, voicing marks, joined emoji', () => {
    expect(firstLetters('ab\u{20bb7}c', 3)).toBe('ab');
    expect(firstLetters('ab\u{20bb7}c', 4)).toBe('ab\u{20bb7}');
    expect(firstLetters('cafe\u0301s', 4)).toBe('caf');
    expect(firstLetters('\u304b\u3099\u304d\u3099', 3)).toBe('\u304b\u3099');
    expect(firstLetters('\uff76\uff9e\uff77\uff9e', 3)).toBe('\uff76\uff9e');
    const family = '\u{1f469}\u200d\u{1f467}';
    for (let most = 1; most < family.length + 1; most++)
      expect(firstLetters(`a${family}`, most)).toBe('a');
    expect(firstLetters('a\u{1f44b}\u{1f3fd}b', 4)).toBe('a');
    expect(firstLetters('a\u2764\ufe0fb', 2)).toBe('a');
  });

  it('gives a beginning of any text, no longer than asked and whole', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.nat(40), (text, most) => {
        const first = firstLetters(text, most);
        expect(text.startsWith(first)).toBe(true);
        expect(first.length).toBeLessThanOrEqual(most);
        expect(first).toBe(Buffer.from(first).toString());
      }),
    );
  });
});
