/** Plain TypeScript reference of every kernel: the same names and signatures, no tricks. See kernels.ts. */
import { embeddingReference } from './embedding-reference.ts';
import type { Kernels } from './kernels.ts';
import { rankReference } from './rank-reference.ts';
import { referenceFactorKernels } from './reference-factors.ts';

/** The kernels over `memory`, as the WebAssembly twin has them. */
export function referenceKernels(memory: { readonly buffer: ArrayBufferLike }): Kernels {
  const u32 = (pointer: number, length?: number) => new Uint32Array(memory.buffer, pointer, length);
  const f32 = (pointer: number, length?: number) =>
    new Float32Array(memory.buffer, pointer, length);
  const f64 = (pointer: number, length: number) => new Float64Array(memory.buffer, pointer, length);

  const addRowsBy =
    (indicesAt: (pointer: number) => ArrayLike<number>): Kernels['addRows'] =>
    (indptr, indices, values, items, weights, count, out) => {
      const starts = u32(indptr);
      const columns = indicesAt(indices);
      const entries = f32(values);
      const sums = f32(out);
      const w = f32(weights, count);
      u32(items, count).forEach((row, p) => {
        if (w[p] === 0) return;
        for (let q = starts[row]; q < starts[row + 1]; q++)
          sums[columns[q]] += Math.fround(w[p] * entries[q]);
      });
    };

  const strongestTermsBy =
    (
      indicesAt: (pointer: number, length: number) => Uint16Array | Uint32Array,
    ): Kernels['strongestTerms'] =>
    (indices, values, entries, weightOf, limit, items, parts, total) => {
      const x = f32(weightOf);
      const terms = Array.from(indicesAt(indices, entries), (item, q) => ({
        item,
        part: Math.fround(x[item] * f32(values, entries)[q]),
      })).filter(({ part }) => part !== 0);
      f64(total, 1)[0] = terms.reduce((sum, { part }) => sum + part, 0);
      const kept = terms.sort((a, b) => b.part - a.part).slice(0, limit);
      u32(items, kept.length).set(kept.map(({ item }) => item));
      f32(parts, kept.length).set(kept.map(({ part }) => part));
      return kept.length;
    };

  return {
    ...embeddingReference(memory),
    ...rankReference(memory),
    ...referenceFactorKernels(u32, f32),

    gramPanel(
      rowIndptr,
      rowIndices,
      rowValues,
      columnIndptr,
      columnIndices,
      columnValues,
      items,
      from,
      to,
      panel,
      _scratch,
      add,
    ) {
      const rows = { indptr: u32(rowIndptr), indices: u32(rowIndices), values: f32(rowValues) };
      const columns = {
        indptr: u32(columnIndptr),
        indices: u32(columnIndices),
        values: f32(columnValues),
      };
      const width = to - from;
      const out = f32(panel, (items - from) * width);
      if (!add) out.fill(0);
      for (let c = from; c < to; c++) {
        const sums = new Float32Array(items);
        for (let p = columns.indptr[c]; p < columns.indptr[c + 1]; p++) {
          const u = columns.indices[p];
          for (let q = rows.indptr[u]; q < rows.indptr[u + 1]; q++) {
            const r = rows.indices[q];
            if (r >= c) sums[r] += columns.values[p] * rows.values[q];
          }
        }
        for (let r = c; r < items; r++) out[(r - from) * width + (c - from)] += sums[r];
      }
    },

    sandwichPanel(indptr, indices, values, items, from, to, middle, stride, _scratch, panel) {
      const y = { indptr: u32(indptr), indices: u32(indices), values: f32(values) };
      const m = f32(middle);
      const width = to - from;
      const out = f32(panel, (items - from) * width);
      for (let c = from; c < to; c++) {
        const line = new Float32Array(stride);
        for (let p = y.indptr[c]; p < y.indptr[c + 1]; p++)
          for (let v = 0; v < stride; v++) line[v] += y.values[p] * m[y.indices[p] * stride + v];
        for (let r = from; r < items; r++) {
          let sum = 0;
          for (let p = y.indptr[r]; p < y.indptr[r + 1]; p++)
            sum -= y.values[p] * line[y.indices[p]];
          out[(r - from) * width + (c - from)] = sum;
        }
      }
    },

    multiplyStrips(a, b, out, aStrips, bStrips, depth) {
      const columns = 8 * bStrips;
      const left = f32(a, 4 * aStrips * depth);
      const right = f32(b, columns * depth);
      const sums = f32(out, 4 * aStrips * columns);
      for (let r = 0; r < 4 * aStrips; r++)
        for (let c = 0; c < columns; c++)
          for (let k = 0; k < depth; k++)
            sums[r * columns + c] +=
              left[((r >> 2) * depth + k) * 4 + (r & 3)] *
              right[((c >> 3) * depth + k) * 8 + (c & 7)];
    },

    choleskyBlock(block, size) {
      const a = f64(block, size * size);
      for (let i = 0; i < size; i++) {
        for (let j = 0; j <= i; j++) {
          let sum = a[i * size + j];
          for (let k = 0; k < j; k++) sum -= a[i * size + k] * a[j * size + k];
          if (i > j) a[i * size + j] = sum / a[j * size + j];
          else if (sum > 0) a[i * size + i] = Math.sqrt(sum);
          else return i + 1;
        }
        a.fill(0, i * size + i + 1, (i + 1) * size);
      }
      return 0;
    },

    invertLowerBlock(block, size, out) {
      const l = f64(block, size * size);
      const x = f64(out, size * size);
      x.fill(0);
      for (let i = 0; i < size; i++) {
        x[i * size + i] = 1 / l[i * size + i];
        for (let j = 0; j < i; j++) {
          let sum = 0;
          for (let k = j; k < i; k++) sum -= l[i * size + k] * x[k * size + j];
          x[i * size + j] = sum / l[i * size + i];
        }
      }
    },

    strongestColumns(
      panel,
      left,
      scale,
      items,
      from,
      to,
      limits,
      most,
      outIndices,
      outValues,
      outCounts,
      _scratch,
    ) {
      const width = to - from;
      const lower = f32(panel, (items - from) * width);
      const leftRows = f32(left, width * from);
      const scales = f32(scale, items);
      for (let c = from; c < to; c++) {
        const column = new Float32Array(items);
        for (let r = 0; r < items; r++) {
          if (r < from) column[r] = leftRows[(c - from) * from + r] * scales[r];
          else if (r >= c) column[r] = lower[(r - from) * width + (c - from)] * scales[r];
          else column[r] = lower[(c - from) * width + (r - from)] * scales[r];
        }
        const order = Array.from(column.keys()).filter((r) => r !== c && column[r] !== 0);
        order.sort((a, b) => Math.abs(column[b]) - Math.abs(column[a]) || a - b);
        const kept = order.slice(0, u32(limits, width)[c - from]).sort((a, b) => a - b);
        u32(outIndices + (c - from) * most * 4, kept.length).set(kept);
        f32(outValues + (c - from) * most * 4, kept.length).set(kept.map((r) => column[r]));
        u32(outCounts, width)[c - from] = kept.length;
      }
    },

    regressions(systems, sizes, count) {
      let at = systems;
      for (const [s, size] of u32(sizes, count).entries()) {
        const width = 8 * Math.ceil(size / 8);
        const system = f32(at, size * width);
        const lower = Array.from({ length: size }, (_, i) =>
          Array.from(system.subarray(i * width, i * width + i + 1)),
        );
        const found = regressLast(lower);
        if (!found) return s + 1;
        system.set([...found.weights, found.rest], (size - 1) * width);
        at += 4 * size * width;
      }
      return 0;
    },

    addRows: addRowsBy(u32),

    addShortRows: addRowsBy((pointer) => new Uint16Array(memory.buffer, pointer)),

    startScores(values, factor, count, out) {
      f32(out, count).set(f32(values, count).map((value) => Math.fround(factor) * value));
    },

    strongestTerms: strongestTermsBy(u32),

    strongestShortTerms: strongestTermsBy(
      (pointer, length) => new Uint16Array(memory.buffer, pointer, length),
    ),

    topScores(scores, count, k, out) {
      const values = f32(scores, count);
      const ranked = Array.from(values.keys()).filter((item) => values[item] > -Infinity);
      ranked.sort((a, b) => values[b] - values[a] || a - b).splice(k);
      u32(out, ranked.length).set(ranked);
      return ranked.length;
    },
  };
}

/** The last variable on the others by Cholesky, in float64; `lower` is overwritten. Null: not positive definite. */
function regressLast(lower: number[][]): { weights: number[]; rest: number } | null {
  const last = lower.length - 1;
  for (const [i, row] of lower.entries()) {
    for (let j = 0; j <= i; j++) {
      for (let k = 0; k < j; k++) row[j] -= row[k] * lower[j][k];
      if (j < i) row[j] /= lower[j][j];
    }
    if (!(row[i] > 0)) return null;
    if (i < last) row[i] = Math.sqrt(row[i]);
  }
  const weights = lower[last].slice(0, last);
  for (let i = last - 1; i >= 0; i--) {
    for (let k = i + 1; k < last; k++) weights[i] -= lower[k][i] * weights[k];
    weights[i] /= lower[i][i];
  }
  return { weights, rest: lower[last][last] };
}
