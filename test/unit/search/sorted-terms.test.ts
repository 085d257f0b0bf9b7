import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SortedTerms } from '../../../src/search/sorted-terms.ts';

/** The distance by optimal string alignment, the whole table. */
function distance(a: string, b: string): number {
  const table = [Array.from({ length: b.length + 1 }, (_, n) => n)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const wrong = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(
        Math.min(
          table[i - 1][j - 1] + wrong,
          table[i - 1][j] + 1,
          row[j - 1] + 1,
          swapped ? table[i - 2][j - 2] + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    table.push(row);
  }
  return table[a.length][b.length];
}

/** Few letters, so that many terms are close to each other. */
const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'ガ'), minLength: 1, maxLength: 9 });
const words = fc.uniqueArray(word, { maxLength: 60 });

describe('SortedTerms', () => {
  it('finds every term that begins alike and is close enough, and how close', () => {
    fc.assert(
      fc.property(words, word, fc.integer({ min: 0, max: 3 }), (terms, searched, most) => {
        const sorted = new SortedTerms(terms);
        const found = sorted
          .close(searched, most)
          .map((each) => [sorted.at(each.at), each.distance]);
        const expected = [...terms]
          .sort()
          .map((term) => [term, distance(term, searched)])
          .filter(([term, far]) => String(term)[0] === searched[0] && Number(far) <= most);
        expect(found).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('knows where terms begin that begin alike', () => {
    fc.assert(
      fc.property(words, word, (terms, beginning) => {
        const sorted = new SortedTerms(terms);
        const first = sorted.lowerBound(beginning);
        const end = sorted.endOfPrefix(beginning, first);
        const found = Array.from({ length: end - first }, (_, n) => sorted.at(first + n));
        expect(found).toEqual([...terms].sort().filter((term) => term.startsWith(beginning)));
      }),
    );
  });

  it('finds nothing where there is nothing, and terms of any length', () => {
    expect(new SortedTerms([]).close('naruto', 2)).toEqual([]);
    expect(new SortedTerms([]).at(0)).toBeUndefined();
    const long = 'x'.repeat(1000);
    const sorted = new SortedTerms([long, 'x']);
    expect(sorted.close(`${long}y`, 1)).toEqual([{ at: 1, distance: 1 }]);
  });
});
