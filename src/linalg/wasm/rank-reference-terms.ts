/** Plain TypeScript reference of `listTerms` and `listShortTerms` (rank-kernels.ts). */
import type { RankKernels } from './rank-kernels.ts';

/** A term that counts. */
const COUNTS = Math.fround(0.02);

interface Entry {
  readonly b: number;
  readonly term: number;
  readonly deviation: number;
}

export function referenceTerms(memory: {
  readonly buffer: ArrayBufferLike;
}): Pick<RankKernels, 'listTerms' | 'listShortTerms'> {
  const u16 = (pointer: number) => new Uint16Array(memory.buffer, pointer);
  const u32 = (pointer: number, length?: number) => new Uint32Array(memory.buffer, pointer, length);
  const f32 = (pointer: number, length?: number) =>
    new Float32Array(memory.buffer, pointer, length);

  const termsBy =
    (indicesAt: (pointer: number) => ArrayLike<number>): RankKernels['listTerms'] =>
    (
      ...[indptr, indices, values, items, weights, deviations, count, places, candidates, , out]
    ) => {
      const columns = indicesAt(indices);
      const numbers = u16(places);
      const entries = Array.from({ length: candidates }, () => [] as Entry[]);
      u32(items, count).forEach((row, p) => {
        const [from, to] = u32(indptr + 4 * row, 2);
        for (let q = from; q < to; q++) {
          const number = numbers[columns[q]];
          if (number === 0) continue;
          const b = f32(values)[q];
          const term = Math.fround(f32(weights)[p] * b);
          entries[number - 1].push({ b, term, deviation: f32(deviations)[p] });
        }
      });
      entries.forEach((own, n) => {
        f32(out + 64 * n, 16).set(recordOf(own));
      });
    };

  return { listTerms: termsBy(u32), listShortTerms: termsBy(u16) };
}

function recordOf(entries: readonly Entry[]): number[] {
  const sum = (of: (entry: Entry) => number) =>
    entries.reduce((total, entry) => total + of(entry), 0);
  const above = entries.filter(({ term }) => term > 0).sort((a, b) => b.term - a.term);
  return [
    sum(({ b }) => b),
    sum(({ b }) => Math.max(0, b)),
    sum(({ b, deviation }) => Math.max(0, b) * deviation),
    sum(({ term }) => Math.max(0, term)),
    sum(({ term }) => term),
    entries.filter(({ term }) => term > COUNTS).length,
    above[0]?.deviation ?? 0,
    0,
    ...[0, 1, 2, 3, 4].map((n) => above[n]?.term ?? 0),
    ...[0, 0, 0],
  ];
}
