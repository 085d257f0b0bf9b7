import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { random } from '../../../src/data/random.ts';
import { TermFinder } from '../../../src/linalg/term-finder.ts';
import { instantiateKernels } from '../../../src/linalg/wasm/instance.ts';
import { referenceKernels } from '../../../src/linalg/wasm/reference.ts';
import { randomCsr } from '../../support/random-csr.ts';

describe('strongestTerms() and strongestShortTerms()', () => {
  it('give what their references give, ties and zeros included', async () => {
    const bytes = 1 << 16;
    const fast = instantiateKernels(bytes);
    const shape = fc.record({
      entries: fc.integer({ min: 0, max: 60 }),
      limit: fc.integer({ min: 0, max: 70 }),
      coarse: fc.boolean(),
      seed: fc.integer(),
    });
    fc.assert(
      fc.property(shape, ({ entries, limit, coarse, seed }) => {
        const uniform = random(seed);
        const draw = () => (coarse ? Math.floor(3 * uniform()) - 1 : uniform() - 0.4);
        const values = Float32Array.from({ length: entries }, draw);
        const weightOf = Float32Array.from({ length: 2 * entries }, draw);
        const named = Uint32Array.from({ length: entries }, (_, q) => 2 * q);
        for (const isShort of [true, false]) {
          const indices = isShort ? Uint16Array.from(named) : named;
          const plain = new ArrayBuffer(bytes);
          const found = [plain, fast.memory.buffer].map((buffer) => {
            new (isShort ? Uint16Array : Uint32Array)(buffer, 64, entries).set(indices);
            new Float32Array(buffer, 1024, entries).set(values);
            new Float32Array(buffer, 2048, weightOf.length).set(weightOf);
            const kernels = buffer === plain ? referenceKernels({ buffer }) : fast.kernels;
            const find = isShort ? kernels.strongestShortTerms : kernels.strongestTerms;
            const kept = find(64, 1024, entries, 2048, limit, 4096, 5120, 0);
            return {
              items: [...new Uint32Array(buffer, 4096, kept)],
              parts: [...new Float32Array(buffer, 5120, kept)],
              total: new Float64Array(buffer, 0, 1)[0],
            };
          });
          expect(found[1].items).toEqual(found[0].items);
          expect(found[1].parts).toEqual(found[0].parts);
          expect(found[1].total).toBeCloseTo(found[0].total, 9);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('startScores()', () => {
  it('gives bit for bit what its reference gives, for any length', async () => {
    const fast = instantiateKernels(1 << 16);
    for (const length of [0, 1, 3, 4, 17, 64]) {
      const values = Float32Array.from({ length }, (_, j) => Math.sin(j));
      const plain = new ArrayBuffer(1 << 16);
      const read = [plain, fast.memory.buffer].map((buffer) => {
        new Float32Array(buffer, 64, length).set(values);
        const kernels = buffer === plain ? referenceKernels({ buffer }) : fast.kernels;
        kernels.startScores(64, 0.3, length, 1024);
        return new Float32Array(buffer, 1024, length).slice();
      });
      expect(read[1]).toEqual(read[0]);
    }
  });
});

describe('TermFinder', () => {
  it('finds the strongest terms of any row, and the sum of all of them', () => {
    const matrix = randomCsr(30, 0.4, 7);
    const finder = new TermFinder(matrix);
    const x = Float32Array.from({ length: 30 }, (_, i) => (i % 3 === 0 ? 0 : Math.cos(i)));
    finder.weightOf.set(x);
    const rows = [...Array(30).keys()].reverse();
    const found = finder.find(rows, 3);
    for (const [n, row] of rows.entries()) {
      const terms: [number, number][] = [];
      for (let p = matrix.indptr[row]; p < matrix.indptr[row + 1]; p++) {
        const item = matrix.indices[p];
        if (x[item] !== 0) terms.push([item, Math.fround(x[item] * matrix.values[p])]);
      }
      const best = terms.toSorted((a, b) => b[1] - a[1]).slice(0, 3);
      const kept = [...found.items.keys()].slice(found.ends[n - 1] ?? 0, found.ends[n]);
      expect(kept.map((term) => [found.items[term], found.parts[term]])).toEqual(best);
      expect(found.totals[n]).toBeCloseTo(
        terms.reduce((sum, [, part]) => sum + part, 0),
        6,
      );
    }
  });

  it('finds nothing where there is nothing', () => {
    const empty = {
      rows: 2,
      columns: 2,
      indptr: new Uint32Array(3),
      indices: new Uint32Array(0),
      values: new Float32Array(0),
    };
    const { ends, items, totals } = new TermFinder(empty).find([1], 5);
    expect([...ends, items.length, ...totals]).toEqual([0, 0, 0]);
  });
});
